// What the fold and the rounds of insight both need to know of a terminal's silence.

/** The interval of a terminal whose own is not learnt yet. */
export const defaultIntervalSeconds = 900
/** A terminal is late after this many intervals, and not before `lateAfterSeconds`. */
export const lateAfterBeats = 2
/** The fold can be some seconds behind, so a shorter silence says nothing. */
export const lateAfterSeconds = 60

/** An interval as it is shown: 50 s, 15 min, 2 h. */
export function shownInterval(seconds: number): { value: number; unit: "seconds" | "minutes" | "hours" } {
  if (seconds < 90) return { value: Math.round(seconds), unit: "seconds" }
  const minutes = Math.round(seconds / 60)
  return minutes < 120
    ? { value: minutes, unit: "minutes" }
    : { value: Math.round(minutes / 6) / 10, unit: "hours" }
}
