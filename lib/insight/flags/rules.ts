import { daysBetween, type Day } from "@/lib/base/time/zone"
import { isBehind } from "@/lib/fleet/releases/version"
import { clockAt, type Clock } from "@/lib/insight/flags/clock"
import type { FleetFacts, TerminalFacts } from "@/lib/insight/flags/facts"
import type { Reason } from "@/lib/insight/flags/schemas"
import type { FlagKind, RuleName } from "@/lib/insight/flags/words"

/** A subject that a rule finds due, with its reasons. Instants are milliseconds since 1970. */
export type Finding = {
  rule: RuleName
  kind: FlagKind
  subject: string
  terminalId: number | null
  storeId: number | null
  /** When the evidence was first seen, as far as the facts show. */
  observedAt: number
  /**
   * The start of the day that a policy or an approval sets, if any. It takes precedence over `observedAt`.
   */
  dueAt: number | null
  reasons: [Reason, ...Reason[]]
}

/** A pure rule. It gets the whole fleet at once, so it can compare terminals. */
export type Rule = { name: RuleName; evaluate: (facts: FleetFacts, now: number) => Finding[] }

const useEndWarningDays = 365

type Evaluation = Pick<Finding, "kind" | "observedAt" | "dueAt"> & { reasons: Reason[] }

const perTerminal = (
  name: RuleName,
  evaluate: (terminal: TerminalFacts, facts: FleetFacts, clock: Clock) => Evaluation | null,
): Rule => ({
  name,
  evaluate: (facts, now) => {
    const clock = clockAt(now)
    return facts.terminals.flatMap((terminal) => {
      const evaluation = evaluate(terminal, facts, clock)
      const [first, ...others] = evaluation?.reasons ?? []
      if (!evaluation || !first) return []
      const { terminalId, storeId } = terminal
      return [
        {
          ...evaluation,
          rule: name,
          subject: `terminal:${terminalId}`,
          terminalId,
          storeId,
          reasons: [first, ...others],
        },
      ]
    })
  },
})

const silent = perTerminal("silent", (terminal) => {
  if (terminal.onlineState !== "offline" || terminal.lastBeatAt === null) return null
  const seconds = terminal.silentSeconds
  const common = {
    lastBeatAt: new Date(terminal.lastBeatAt).toISOString(),
    intervalMinutes: Math.round(terminal.intervalSeconds / 60),
  }
  const reason: Reason = terminal.calendar.hours
    ? { code: "silent", ...common, openMinutes: Math.floor(seconds / 60) }
    : { code: "silent_unknown_hours", ...common, hours: Math.floor(seconds / 3600) }
  return { kind: "maintenance", observedAt: terminal.lastBeatAt, dueAt: null, reasons: [reason] }
})

const selfCheck = perTerminal("self_check", ({ checks, lastBeatAt }, _facts, { now }) => {
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
})

const releaseBehind = perTerminal("release_behind", ({ versions, model, calendar }, { policies }, clock) => {
  const missed = policies.flatMap(({ modelId, component, minimum, dueOn }) => {
    const current = versions[component]
    const applies = modelId === null || modelId === model?.id
    const isDue = dueOn === null || dueOn <= clock.today(calendar.zone)
    return applies && isDue && current !== null && isBehind(current, minimum)
      ? [{ dueOn, reason: { code: "release_behind" as const, component, current, minimum } }]
      : []
  })
  const [dueOn] = missed.flatMap((policy): Day[] => (policy.dueOn === null ? [] : [policy.dueOn])).toSorted()
  return {
    kind: "update",
    observedAt: clock.now,
    dueAt: dueOn === undefined ? null : clock.startOf(dueOn, calendar.zone),
    reasons: missed.map(({ reason }) => reason),
  }
})

const modelPastUseEnd = perTerminal("model_past_use_end", ({ model, calendar }, _facts, clock) => {
  if (!model?.useEndOn) return null
  const days = daysBetween(clock.today(calendar.zone), model.useEndOn)
  if (days > useEndWarningDays) return null
  const hasPassed = days <= 0
  const reason: Reason = {
    code: hasPassed ? "use_end_passed" : "use_end_near",
    model: model.name,
    on: model.useEndOn,
    days: Math.abs(days),
  }
  return {
    kind: "replacement",
    observedAt: clock.now,
    dueAt: hasPassed ? clock.startOf(model.useEndOn, calendar.zone) : null,
    reasons: [reason],
  }
})

export const rules: readonly Rule[] = [silent, selfCheck, releaseBehind, modelPastUseEnd]
