import { DateTime } from "luxon"
import { compareVersions } from "@/lib/fleet/releases/version"
import type { FleetFacts, TerminalFacts } from "@/lib/insight/flags/facts"
import { silentSeconds } from "@/lib/insight/flags/online-state"
import type { Reason } from "@/lib/insight/flags/schemas"
import type { FlagKind, RuleName } from "@/lib/insight/flags/words"

/** One subject that a rule says is due, why, and since when by the evidence. */
export type Finding = {
  rule: RuleName
  kind: FlagKind
  subject: string
  terminalId: number | null
  storeId: number | null
  sinceAt: number
  reasons: [Reason, ...Reason[]]
}

/** A rule looks at the whole fleet at once, so that it may compare. It is pure: same facts, same findings. */
export type Rule = { name: RuleName; evaluate: (facts: FleetFacts, now: number) => Finding[] }

const minuteMs = 60_000
const useEndWarningDays = 365

const perTerminal = (
  name: RuleName,
  judge: (
    terminal: TerminalFacts,
    facts: FleetFacts,
    now: number,
  ) => { kind: FlagKind; sinceAt: number; reasons: Reason[] } | null,
): Rule => ({
  name,
  evaluate: (facts, now) =>
    facts.terminals.flatMap((terminal) => {
      const judged = judge(terminal, facts, now)
      const [first, ...others] = judged?.reasons ?? []
      if (!judged || !first) return []
      const { terminalId, storeId } = terminal
      return [
        {
          rule: name,
          kind: judged.kind,
          subject: `terminal:${terminalId}`,
          terminalId,
          storeId,
          sinceAt: judged.sinceAt,
          reasons: [first, ...others],
        },
      ]
    }),
})

const silent = perTerminal("silent", (terminal, _facts, now) => {
  if (terminal.onlineState !== "offline" || terminal.lastBeatAt === null) return null
  const seconds = silentSeconds(terminal, now)
  const common = {
    lastBeatAt: new Date(terminal.lastBeatAt).toISOString(),
    intervalMinutes: Math.round((terminal.intervalSeconds ?? 900) / 60),
  }
  const reason: Reason = terminal.calendar.hours
    ? { code: "silent", ...common, openMinutes: Math.floor(seconds / 60) }
    : { code: "silent_unknown_hours", ...common, hours: Math.floor(seconds / 3600) }
  return { kind: "maintenance", sinceAt: terminal.lastBeatAt, reasons: [reason] }
})

const selfCheck = perTerminal("self_check", ({ checks, lastBeatAt }, _facts, now) => {
  const reasons: Reason[] = checks.tamper === true ? [{ code: "tamper" }] : []
  for (const check of ["security", "pinpad", "reader"] as const)
    if (checks[check] === false) reasons.push({ code: "check_failed", check })
  // A tampered terminal must leave service: it is never repaired in place.
  return { kind: checks.tamper === true ? "replacement" : "maintenance", sinceAt: lastBeatAt ?? now, reasons }
})

const releaseBehind = perTerminal("release_behind", ({ versions, model }, { policies }, now) => {
  const today = DateTime.fromMillis(now).toISODate() ?? ""
  const reasons = policies.flatMap(({ modelId, component, minimum, dueOn }): Reason[] => {
    const current = versions[component]
    const applies = (modelId === null || modelId === model?.id) && (dueOn === null || dueOn <= today)
    return applies && current !== null && compareVersions(current, minimum) < 0
      ? [{ code: "release_behind", component, current, minimum }]
      : []
  })
  const dueSince = policies.flatMap(({ dueOn }) =>
    dueOn !== null && dueOn <= today ? [Date.parse(dueOn)] : [],
  )
  return { kind: "update", sinceAt: Math.min(now, ...dueSince), reasons }
})

const modelPastUseEnd = perTerminal("model_past_use_end", ({ model }, _facts, now) => {
  if (!model?.useEndOn) return null
  const days = Math.ceil((Date.parse(model.useEndOn) - now) / (24 * 60 * minuteMs))
  if (days > useEndWarningDays) return null
  const reason: Reason = {
    code: days > 0 ? "use_end_near" : "use_end_passed",
    model: model.name,
    on: model.useEndOn,
    days: Math.abs(days),
  }
  return { kind: "replacement", sinceAt: days > 0 ? now : Date.parse(model.useEndOn), reasons: [reason] }
})

export const rules: readonly Rule[] = [silent, selfCheck, releaseBehind, modelPastUseEnd]
