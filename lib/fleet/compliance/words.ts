/** What compliance is counted by. */
export const complianceGroupings = ["model", "region", "merchant"] as const
export type ComplianceGrouping = (typeof complianceGroupings)[number]
