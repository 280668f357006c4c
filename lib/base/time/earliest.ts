/** Older times come from a clock that was never set, or from another column. */
export const earliestTime = Date.UTC(1990, 0)
