// Words apart from the schemas, so that a screen can use them without loading the validator.

export const leagueGroupings = ["acquirer", "supplier", "model"] as const
export type LeagueGrouping = (typeof leagueGroupings)[number]

/** Below either of these a group says too little of itself. */
export const fewestTerminals = 5
export const fewestAttempts = 1000
/** The longest range that is read at once. */
export const longestDays = 92
/** More are not shown; the table says how many it left out. */
export const mostGroups = 500
