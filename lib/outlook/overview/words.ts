// Words apart from the schemas, so that a screen can use them without loading the validator.

export const ranges = ["24h", "7d", "30d"] as const
export type RangeName = (typeof ranges)[number]
