/** A round over one organisation. */
export type Round = {
  orgId: string
  now: Date
  /** How long a step may wait while the fold is at work; if not given, for as long as a round of it takes. */
  longestWaitMs?: number | undefined
  /** The most terminals of a slice. */
  atMost?: number
}

/** So many rows are written within a tenth of a second, so the fold hardly waits. */
export const usualSlice = 2_000
