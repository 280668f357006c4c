import { addDays, daysBetween, type Day } from "@/lib/base/time/zone"
import { isBehind } from "@/lib/fleet/releases/version"
import type { Clock } from "@/lib/insight/flags/clock"
import type { Policy, TerminalFacts } from "@/lib/insight/flags/facts"
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

/** What a rule knows beside the terminal. */
export type Context = { policies: Policy[]; clock: Clock }

type Evaluation = Pick<Finding, "kind" | "observedAt" | "dueAt"> & { reasons: Reason[] }

/**
 * A pure rule. It looks at one terminal, when something about it changes. `changesAt` says when its answer
 * changes although nothing else does.
 */
export type Rule = {
  name: RuleName
  evaluate: (terminal: TerminalFacts, context: Context) => Evaluation | null
  changesAt?: (terminal: TerminalFacts, context: Context) => number[]
}

const useEndWarningDays = 365
const hourMs = 3_600_000

const silent: Rule = {
  name: "silent",
  evaluate: (terminal) => {
    if (terminal.onlineState !== "offline" || terminal.lastBeatAt === null) return null
    const seconds = terminal.silentSeconds
    const common = {
      lastBeatAt: new Date(terminal.lastBeatAt).toISOString(),
      intervalMinutes: Math.round(terminal.intervalSeconds / 60),
    }
    const reason: Reason = terminal.hasHours
      ? { code: "silent", ...common, openMinutes: Math.floor(seconds / 60) }
      : { code: "silent_unknown_hours", ...common, hours: Math.floor(seconds / 3600) }
    return { kind: "maintenance", observedAt: terminal.lastBeatAt, dueAt: null, reasons: [reason] }
  },
  // How long the silence has lasted is shown, and need not be exact to the minute.
  changesAt: ({ onlineState }, { clock }) => (onlineState === "offline" ? [clock.now + hourMs] : []),
}

const selfCheck: Rule = {
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

const policiesFor = ({ model }: TerminalFacts, { policies }: Context): Policy[] =>
  policies.filter(({ modelId }) => modelId === null || modelId === model?.id)

const releaseBehind: Rule = {
  name: "release_behind",
  evaluate: (terminal, context) => {
    const { clock } = context
    const missed = policiesFor(terminal, context).flatMap(({ component, minimum, dueOn }) => {
      const current = terminal.versions[component]
      const isDue = dueOn === null || dueOn <= clock.today(terminal.zone)
      return isDue && current !== null && isBehind(current, minimum)
        ? [{ dueOn, reason: { code: "release_behind" as const, component, current, minimum } }]
        : []
    })
    const [dueOn] = missed
      .flatMap((policy): Day[] => (policy.dueOn === null ? [] : [policy.dueOn]))
      .toSorted()
    return {
      kind: "update",
      observedAt: clock.now,
      dueAt: dueOn === undefined ? null : clock.startOf(dueOn, terminal.zone),
      reasons: missed.map(({ reason }) => reason),
    }
  },
  changesAt: (terminal, context) =>
    policiesFor(terminal, context).flatMap(({ dueOn }) =>
      dueOn === null ? [] : [context.clock.startOf(dueOn, terminal.zone)],
    ),
}

const modelPastUseEnd: Rule = {
  name: "model_past_use_end",
  evaluate: ({ model, zone }, { clock }) => {
    if (!model?.useEndOn) return null
    const days = daysBetween(clock.today(zone), model.useEndOn)
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
      dueAt: hasPassed ? clock.startOf(model.useEndOn, zone) : null,
      reasons: [reason],
    }
  },
  // The reason counts days, so it changes every day from the warning on.
  changesAt: ({ model, zone }, { clock }) => {
    if (!model?.useEndOn) return []
    const warnsOn = addDays(model.useEndOn, -useEndWarningDays)
    const tomorrow = addDays(clock.today(zone), 1)
    return [clock.startOf(warnsOn > tomorrow ? warnsOn : tomorrow, zone)]
  },
}

export const rules: readonly Rule[] = [silent, selfCheck, releaseBehind, modelPastUseEnd]

/** What the rules find at a terminal. */
export const findingsOf = (terminal: TerminalFacts, context: Context): Finding[] =>
  rules.flatMap(({ name, evaluate }) => {
    const evaluation = evaluate(terminal, context)
    const [first, ...others] = evaluation?.reasons ?? []
    if (!evaluation || !first) return []
    const { terminalId, storeId } = terminal
    const subject = `terminal:${terminalId}`
    return [{ ...evaluation, rule: name, subject, terminalId, storeId, reasons: [first, ...others] }]
  })

/**
 * When the rules look at an evaluated terminal again, if nothing about it changes: at the first date that
 * matters, and within a day, so that the rules of a new version reach every terminal. Terminals spread over
 * half a day.
 */
export function nextLookAt(terminal: TerminalFacts, context: Context): number {
  const { now } = context.clock
  const spread = 12 * hourMs + (terminal.terminalId % 720) * 60_000
  const changes = rules.flatMap(({ changesAt }) => changesAt?.(terminal, context) ?? [])
  return Math.min(now + spread, ...[terminal.closesAt, ...changes].filter((at) => at > now))
}
