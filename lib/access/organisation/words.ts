// Not in schemas.ts, so that a screen can use it without loading zod.

/** The name of the unassigned store in a new organisation, by the organisation's language. */
export const unassignedName = { zh: "未分配", en: "Unassigned" } as const
export const unassignedNames = Object.values(unassignedName)

/** Limits of the retention settings. */
export const retention = {
  rawRetentionDays: { least: 7, most: 400 },
  hourRetentionDays: { least: 7, most: 800 },
  dayRetentionYears: { least: 1, most: 20 },
} as const

export type RetentionField = keyof typeof retention
export const retentionFields = Object.keys(retention) as RetentionField[]

const amount = { least: 0, most: 1_000_000_000 }

/** Limits of what keeping and replacing a terminal costs, in minor units and hours. */
export const costs = {
  terminalPriceMinor: { least: 1, most: amount.most },
  visitCostMinor: amount,
  partsCostMinor: amount,
  downtimeHourMinor: amount,
  downtimeHours: { least: 0, most: 1_000 },
} as const

export const costFields = [
  "terminalPriceMinor",
  "visitCostMinor",
  "partsCostMinor",
  "downtimeHourMinor",
] as const
