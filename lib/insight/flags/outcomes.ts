import type { RuleName } from "@/lib/insight/flags/words"

/** What a technician or the store found. The first two say that the flag was right. */
export const outcomes = ["fixed", "fixed_remotely", "no_fault_found", "wrong_cause", "other"] as const
export type Outcome = (typeof outcomes)[number]

export const isRight = (outcome: Outcome): boolean => outcome === "fixed" || outcome === "fixed_remotely"
export const isWrong = (outcome: Outcome): boolean =>
  outcome === "no_fault_found" || outcome === "wrong_cause"

/** Outcomes that close a flag at once. After "fixed", what clears the flag must prove it. */
export const closingOutcomes: readonly Outcome[] = ["fixed_remotely", "no_fault_found", "wrong_cause"]

/** Whether an outcome closes a flag at once. Only a heartbeat shows that a release was installed. */
export const closesAtOnce = (outcome: Outcome, rule: RuleName): boolean =>
  closingOutcomes.includes(outcome) && !(outcome === "fixed_remotely" && rule === "release_behind")

/** For so long the same rule opens no flag again where one was closed by a finding. */
export const quietDays = 7
