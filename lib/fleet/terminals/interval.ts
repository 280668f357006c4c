// What the fold and the rounds of insight both need to know of a terminal's silence.

/** The interval of a terminal whose own is not learnt yet. */
export const defaultIntervalSeconds = 900
/** A terminal is late after this many intervals, and not before `lateAfterSeconds`. */
export const lateAfterBeats = 2
/** The fold can be some seconds behind, so a shorter silence says nothing. */
export const lateAfterSeconds = 60
