// Not in schemas.ts, so that a screen can use it without loading zod.

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const
export type Weekday = (typeof weekdays)[number]

/** Most spans in one day. */
export const mostSpans = 4
/** Most days with hours of their own. */
export const mostExceptions = 400

/** What an open store may lack: hours, a position, or yesterday the sales that it has on that weekday. */
export const storeLacks = ["hours", "position", "sales"] as const
export type StoreLack = (typeof storeLacks)[number]

/** The coordinate system of a position. Chinese maps use GCJ-02, which is shifted. */
export const coordinateSystems = ["wgs84", "gcj02"] as const
export type CoordinateSystem = (typeof coordinateSystems)[number]
