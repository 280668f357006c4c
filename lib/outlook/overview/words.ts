// Apart from the schemas, so that screens can use them without loading zod.

export const ranges = ["24h", "7d", "30d"] as const
export type RangeName = (typeof ranges)[number]

export const defaultRange = "7d" satisfies RangeName
export const hoursOf: Record<RangeName, number> = { "24h": 24, "7d": 7 * 24, "30d": 30 * 24 }
/** The width of a range's buckets. */
export const bucketOf = (range: RangeName): "hour" | "day" => (range === "24h" ? "hour" : "day")
