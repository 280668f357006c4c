import type { Rule } from "@/lib/insight/flags/rule"
import type { Reason } from "@/lib/insight/flags/schemas"

/** The terminal reports tampering, or that a part of it failed its self-check. */
export const selfCheck: Rule = {
  name: "self_check",
  evaluate: ({ checks, lastBeatAt }, { clock: { now } }) => {
    const reasons: Reason[] = checks.tamper === true ? [{ code: "tamper" }] : []
    for (const check of ["security", "pinpad", "reader"] as const)
      if (checks[check] === false) reasons.push({ code: "check_failed", check })
    return {
      // A tampered terminal is replaced, never repaired in place.
      kind: checks.tamper === true ? "replacement" : "maintenance",
      // A terminal's clock may run a few minutes fast without a correction.
      observedAt: Math.min(lastBeatAt ?? now, now),
      dueAt: null,
      reasons,
    }
  },
}
