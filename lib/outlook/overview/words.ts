// Words apart from the schemas, so that a screen can use them without loading the validator.

export const ranges = ["24h", "7d", "30d"] as const
export type RangeName = (typeof ranges)[number]

export const usualRange = "7d" satisfies RangeName
export const hoursOf: Record<RangeName, number> = { "24h": 24, "7d": 7 * 24, "30d": 30 * 24 }
/** By what a range's sales are counted. */
export const bucketOf = (range: RangeName): "hour" | "day" => (range === "24h" ? "hour" : "day")
