// Apart from range.ts, so that screens can use them without loading a calendar.

/** Ranges that end now. */
export const rangeNames = ["24h", "7d", "30d"] as const
export type RangeName = (typeof rangeNames)[number]

export const defaultRange = "7d" satisfies RangeName
export const defaultDates = 7

/** How many dates a range covers, today included. Null if it is in hours. */
export const datesOf: Record<RangeName, number | null> = { "24h": null, "7d": defaultDates, "30d": 30 }
/** The width of a range's buckets. */
export const bucketOf = (range: RangeName): "hour" | "day" => (datesOf[range] === null ? "hour" : "day")
