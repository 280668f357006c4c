// Apart from the schemas, so that screens can use them without loading zod.

export const leagueGroupings = ["acquirer", "supplier", "model"] as const
export type LeagueGrouping = (typeof leagueGroupings)[number]

/** A group with fewer terminals or sales is not compared. */
export const fewestTerminals = 5
export const fewestAttempts = 1000
/** The longest range of one request, in days. */
export const longestDays = 92
/** How many groups are shown. The table says how many it leaves out. */
export const mostGroups = 500

/** An organisation with so many terminals gets its figures once an hour. A smaller one is read each time. */
export const fewestToKeep = 1_000
