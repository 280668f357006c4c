import sql, { raw, type Sql } from "sql-template-tag"

// `terminal_day.beat_hours` has a bit for each UTC hour in which the terminal sent a heartbeat. Bit 0 is the
// hour that begins 14 hours before the date's midnight in UTC: no zone is further ahead, and none so far
// behind that its day ends later than bit 49. So the bits do not depend on the store's zone.
const hoursBefore = 14

/** The hour of bit 0 of a day. Both are counted from 1970. */
export const firstHourOf = (day: number): number => day * 24 - hoursBefore

/** The number of hours from 1970 to an instant that begins an hour. */
const hourNumber = (at: Sql): Sql => sql`(extract(epoch from ${at})::bigint / 3600)`
const dayNumber = (day: Sql): Sql => sql`(${day} - date '1970-01-01')`

/** The bit of an hour (UTC) in a store-local day. */
export const beatHourBit = (hour: Sql, day: Sql): Sql =>
  sql`(1::bigint << (${hourNumber(hour)} - ${dayNumber(day)} * 24 + ${raw(String(hoursBefore))})::int)`

/**
 * A bit for each of the 24 hours of a day on its store's clock, the lowest for midnight. They are counted
 * from noon, as lib/insight/silence/usual-week.ts does.
 */
export const hoursOnClock = (day: Sql, bits: Sql, zone: Sql): Sql => sql`
  ((${bits} >> (${hourNumber(sql`((${day} + time '12:00') at time zone ${zone})`)} - 12
     - ${dayNumber(day)} * 24 + ${raw(String(hoursBefore))})::int) & 16777215)::int`
