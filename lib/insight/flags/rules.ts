import { isEvaluated, type TerminalFacts } from "@/lib/insight/flags/facts"
import { hourMs, type Context, type Evaluation, type Rule } from "@/lib/insight/flags/rule"
import { batteryWearing } from "@/lib/insight/flags/rule-battery-wearing"
import { batteryWorn } from "@/lib/insight/flags/rule-battery-worn"
import { chipReaderWorn } from "@/lib/insight/flags/rule-chip-reader-worn"
import { clockWrong } from "@/lib/insight/flags/rule-clock-wrong"
import { dayNotClosed } from "@/lib/insight/flags/rule-day-not-closed"
import { flapping } from "@/lib/insight/flags/rule-flapping"
import { idle, idleLong } from "@/lib/insight/flags/rule-idle"
import { keepingCostsMore } from "@/lib/insight/flags/rule-keeping-costs-more"
import { magstripeReaderWorn } from "@/lib/insight/flags/rule-magstripe-reader-worn"
import { maintenanceMode } from "@/lib/insight/flags/rule-maintenance-mode"
import { modelPastUseEnd } from "@/lib/insight/flags/rule-model-past-use-end"
import { moved } from "@/lib/insight/flags/rule-moved"
import { notUpAtOpening } from "@/lib/insight/flags/rule-not-up-at-opening"
import { printerErrors } from "@/lib/insight/flags/rule-printer-errors"
import { printerFault } from "@/lib/insight/flags/rule-printer-fault"
import { printerHeadWorn } from "@/lib/insight/flags/rule-printer-head-worn"
import { releaseBehind } from "@/lib/insight/flags/rule-release-behind"
import { repeatedFailures } from "@/lib/insight/flags/rule-repeated-failures"
import { selfCheck } from "@/lib/insight/flags/rule-self-check"
import { signalWeak } from "@/lib/insight/flags/rule-signal-weak"
import { silent } from "@/lib/insight/flags/rule-silent"
import { storageFilling } from "@/lib/insight/flags/rule-storage-filling"
import { storageFull } from "@/lib/insight/flags/rule-storage-full"
import { unsentSales } from "@/lib/insight/flags/rule-unsent-sales"
import type { Reason } from "@/lib/insight/flags/schemas"
import type { RuleName } from "@/lib/insight/flags/words"

/** A subject that a rule finds due, with its reasons. */
export type Finding = Evaluation & {
  rule: RuleName
  subject: string
  terminalId: number | null
  storeId: number | null
  reasons: [Reason, ...Reason[]]
}

export const rules: readonly Rule[] = [
  silent,
  notUpAtOpening,
  flapping,
  selfCheck,
  releaseBehind,
  modelPastUseEnd,
  keepingCostsMore,
  repeatedFailures,
  storageFull,
  batteryWorn,
  signalWeak,
  batteryWearing,
  storageFilling,
  printerErrors,
  printerHeadWorn,
  chipReaderWorn,
  magstripeReaderWorn,
  printerFault,
  moved,
  unsentSales,
  idle,
  idleLong,
  maintenanceMode,
  clockWrong,
  dayNotClosed,
]

export const subjectOf = ({ terminalId }: TerminalFacts) => `terminal:${terminalId}`

/** The rules that apply to a terminal. Where sales are still in it, that it left service does not help. */
export function rulesFor(terminal: TerminalFacts, { clock }: Context): readonly Rule[] {
  if (isEvaluated(terminal, clock.now)) return rules
  return terminal.status === "pending" ? [] : rules.filter(({ isAlsoOutOfService }) => isAlsoOutOfService)
}

/** What the rules find at a terminal. */
export const findingsOf = (terminal: TerminalFacts, context: Context): Finding[] =>
  rulesFor(terminal, context).flatMap(({ name, evaluate }) => {
    const evaluation = evaluate(terminal, context)
    const [first, ...others] = evaluation?.reasons ?? []
    if (!evaluation || !first) return []
    const { terminalId, storeId } = terminal
    const subject = subjectOf(terminal)
    return [{ ...evaluation, rule: name, subject, terminalId, storeId, reasons: [first, ...others] }]
  })

/**
 * When the rules look at a terminal again, if nothing about it changes: at the first date that matters, and
 * within a day at one in service, so that the rules of a new version reach it. Terminals spread over half a
 * day.
 */
export function nextLookAt(terminal: TerminalFacts, context: Context): number | null {
  const { now } = context.clock
  const changes = rulesFor(terminal, context).flatMap(({ changesAt }) => changesAt?.(terminal, context) ?? [])
  const begins = terminal.maintenance.map(({ from }) => from)
  const spread = 12 * hourMs + (terminal.terminalId % 720) * 60_000
  const dates = isEvaluated(terminal, now)
    ? [now + spread, terminal.closesAt, ...begins, ...changes]
    : changes
  const ahead = dates.filter((at) => at > now)
  return ahead.length > 0 ? Math.min(...ahead) : null
}
