// Separate from the schemas, so that a screen can use them without loading the validator.

export const recordKinds = ["heartbeat", "transaction"] as const
export type RecordKind = (typeof recordKinds)[number]

export const quarantineStates = ["open", "resolved", "discarded"] as const
export type QuarantineState = (typeof quarantineStates)[number]

/** Newest or oldest first. */
export const quarantineOrders = ["desc", "asc"] as const
export type QuarantineOrder = (typeof quarantineOrders)[number]

/** The most records that one request names. Each has at most 64 KiB, so a replay takes all of them. */
export const mostNamed = 100

/** One by one, or grouped by terminal. */
export const quarantineViews = ["records", "terminals"] as const

/** Reasons that a clock correction can resolve. */
export const clockCodes = ["clock_wrong", "too_old"] as const
export const isClockCode = (code: string | null | undefined): boolean =>
  clockCodes.some((known) => known === code)

/** The result of a replay. `resolved`: the record was already resolved. */
export const replayOutcomes = ["accepted", "duplicate", "rejected", "resolved"] as const
export type ReplayOutcome = (typeof replayOutcomes)[number]
