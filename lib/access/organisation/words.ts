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

/** How sure the nights are before they open a flag. */
export const sensitivities = ["high", "normal", "low"] as const
export type Sensitivity = (typeof sensitivities)[number]

/** Limits of the settings of single rules. */
export const ruleSettings = {
  /** How far from its store a terminal may be. */
  movedRadiusM: { least: 100, most: 5_000 },
  /** Months without a sale after which a terminal is verified, and after which it is stopped. */
  idleMonths: { least: 1, most: 24 },
  idleLongMonths: { least: 2, most: 60 },
} as const

export type RuleSetting = keyof typeof ruleSettings
export const ruleSettingNames = Object.keys(ruleSettings) as RuleSetting[]

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
