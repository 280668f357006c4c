// Words apart from the schemas, so that a screen can use them without loading the validator.

export const recordKinds = ["heartbeat", "transaction"] as const
export type RecordKind = (typeof recordKinds)[number]

export const quarantineStates = ["open", "resolved"] as const
export type QuarantineState = (typeof quarantineStates)[number]

/** What came of a replay; `resolved`: somebody had done it before. */
export const replayOutcomes = ["accepted", "duplicate", "rejected", "resolved"] as const
export type ReplayOutcome = (typeof replayOutcomes)[number]
