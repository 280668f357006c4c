/** How long before its day the fold looks for a terminal's earlier beats. A longer silence is not bridged. */
export const lookBackDays = 7
/** How many of a terminal's beats before its day it looks at. */
export const lookBackBeats = 20
/** How far `at` as sent may lie from when it was, and a day. */
export const clockDays = 8
/**
 * How much longer than records are accepted raw rows must be there, so that a day is never computed anew from
 * a part of them: the record's store-local day, the look-back before it, and clocks that were off.
 */
export const reachDays = 2 + lookBackDays + clockDays
