import type { RuleSetting } from "@/lib/access/organisation/words"
import type { Standards } from "@/lib/fleet/releases/shortfalls"
import type { Clock } from "@/lib/insight/flags/clock"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Reason } from "@/lib/insight/flags/schemas"
import type { FlagKind, RuleName } from "@/lib/insight/flags/words"
import type { EconomicsOf } from "@/lib/insight/replacement/economics"

/** What the organisation has set. */
export type RuleSettings = Record<RuleSetting, number>

/** What a rule knows beside the terminal. */
export type Context = {
  standards: Standards
  clock: Clock
  /** Whether the organisation's sales have come in lately. */
  hasSales: boolean
  settings: RuleSettings
  /** What terminals of each model cost. */
  economicsOf: EconomicsOf
}

/** What a rule finds at a terminal. Instants are milliseconds since 1970. */
export type Evaluation = {
  kind: FlagKind
  /** When the evidence was first seen, as far as the facts show. */
  observedAt: number
  /**
   * The start of the day that a policy or an approval sets, if any. It takes precedence over `observedAt`.
   */
  dueAt: number | null
  /** Without any the rule finds nothing. */
  reasons: Reason[]
}

/**
 * A pure rule. It looks at one terminal, when something about it changes. `changesAt` says when its answer
 * changes although nothing else does. Where a condition is gone but `hasRecovered` says no, an open flag
 * stays open. One of money applies to terminals out of service, too.
 */
export type Rule = {
  name: RuleName
  isAlsoOutOfService?: true
  evaluate: (terminal: TerminalFacts, context: Context) => Evaluation | null
  changesAt?: (terminal: TerminalFacts, context: Context) => number[]
  hasRecovered?: (terminal: TerminalFacts, context: Context) => boolean
}

export const hourMs = 3_600_000
