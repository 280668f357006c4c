/**
 * How many days before a day the fold looks for a terminal's earlier heartbeats. It does not bridge a
 * longer silence.
 */
export const lookBackDays = 7
/** How many of a terminal's heartbeats before the day it looks at. */
export const lookBackBeats = 20
/** The most days between `at` as sent and the corrected time, plus one. */
export const clockDays = 8
/**
 * How many days longer than records are accepted raw rows must exist, so that a day is never recomputed
 * from part of its rows: the store-local day, the look-back before it, and wrong clocks.
 */
export const reachDays = 2 + lookBackDays + clockDays
