import { DateTime, IANAZone } from "luxon"

/** A store-local date, 'YYYY-MM-DD'. */
export type Day = string

const dayMs = 86_400_000

// Caches valid zones, because checking one creates a formatter and files name the same few zones in every
// row.
const zones = new Set<string>()
const mostZones = 1_000

export function isZone(zone: string): boolean {
  if (zones.has(zone)) return true
  const isValid = IANAZone.isValidZone(zone)
  if (isValid && zones.size < mostZones) zones.add(zone)
  return isValid
}

export const localDay = (at: Date, zone: string): Day =>
  DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd")

/** The instant at which `day` begins in `zone`. */
export const dayStart = (day: Day, zone: string): Date =>
  DateTime.fromISO(day, { zone }).startOf("day").toJSDate()

// Without Luxon, which takes ten times as long: it is asked for every terminal and every version.
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/**
 * The same day in a later month, or that month's last day: one month after 31 January is the end of
 * February.
 */
export const addMonths = (day: Day, months: number): Day =>
  DateTime.fromISO(day, { zone: "utc" }).plus({ months }).toFormat("yyyy-MM-dd")

export const daysBetween = (from: Day, to: Day): number =>
  DateTime.fromISO(to, { zone: "utc" }).diff(DateTime.fromISO(from, { zone: "utc" }), "days").days

/** The instant on the zone's clock, as spreadsheets read it: 2026-11-17 10:00. */
export const clockText = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at, { zone }).toFormat("yyyy-MM-dd HH:mm")

/** The instant as RFC 3339 with the zone's offset. */
export const zonedText = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at, { zone }).toISO() ?? at.toISOString()
