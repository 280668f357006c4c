import sql, { raw, type Sql } from "sql-template-tag"

// `terminal_day.beat_hours` has a bit for each UTC hour in which the terminal sent a heartbeat. Bit 0 is the
// hour that begins 14 hours before the date's midnight in UTC: no zone is further ahead, and none so far
// behind that its day ends later than bit 49. So the bits do not depend on the store's zone.
const hoursBefore = 14

/** The number of hours from 1970 to an instant that begins an hour. */
const hourNumber = (at: Sql): Sql => sql`(extract(epoch from ${at})::bigint / 3600)`
const dayNumber = (day: Sql): Sql => sql`(${day} - date '1970-01-01')`

/** The bit of an hour (UTC) in a store-local day. */
export const beatHourBit = (hour: Sql, day: Sql): Sql =>
  sql`(1::bigint << (${hourNumber(hour)} - ${dayNumber(day)} * 24 + ${raw(String(hoursBefore))})::int)`

/** The first hour of a day's bits, which are not all 0. */
export const firstBeatHour = (day: Sql, bits: Sql): Sql => sql`
  to_timestamp((${dayNumber(day)} * 24 - ${raw(String(hoursBefore))}
    + round(ln((${bits} & -${bits})::float8) / ln(2))) * 3600)`

/**
 * A day's bits as those of the UTC days that they lie in: rows of (day, hours), where `day` counts from 1970
 * and `hours` has the lowest bit for the first hour.
 */
export const utcDaysOf = (day: Sql, bits: Sql): Sql => {
  const [behind, whole] = [raw(String(hoursBefore)), raw(String((1 << 24) - 1))]
  const rest = raw(String(24 - hoursBefore))
  return sql`(values
    (${dayNumber(day)} - 1, ((${bits} << ${rest}) & ${whole})::int),
    (${dayNumber(day)}, ((${bits} >> ${behind}) & ${whole})::int),
    (${dayNumber(day)} + 1, (${bits} >> (24 + ${behind}))::int))`
}
