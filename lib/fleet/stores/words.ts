// Apart from the schemas, so that a screen can use them without loading the validator.

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const
export type Weekday = (typeof weekdays)[number]

/** Spans that a day can have. */
export const mostSpans = 4
/** Days that can differ from their weekday. */
export const mostExceptions = 400

/** What coordinates are of: maps of China shift them. */
export const coordinateSystems = ["wgs84", "gcj02"] as const
export type CoordinateSystem = (typeof coordinateSystems)[number]
