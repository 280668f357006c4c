import { DateTime } from "luxon"
import { AppError } from "@/lib/base/errors"
import type { Day } from "@/lib/base/time/zone"

/** An ISO 8601 week as store-local dates: from Monday to the next Monday, which is not included. */
export type Week = { name: string; from: Day; to: Day }

const pattern = /^(19[7-9]|2\d{2})\d-W\d{2}$/

const weekFrom = (monday: DateTime): Week => ({
  name: monday.toFormat("kkkk-'W'WW"),
  from: monday.toFormat("yyyy-MM-dd"),
  to: monday.plus({ weeks: 1 }).toFormat("yyyy-MM-dd"),
})

/** Parses a name such as 2026-W47. */
export function parseWeek(name: string): Week {
  const monday = pattern.test(name) ? DateTime.fromISO(name, { zone: "utc" }) : null
  if (!monday?.isValid) throw new AppError("not_found", "Write a week as 2026-W47.")
  return weekFrom(monday)
}

export const shiftWeek = (week: Week, by: number): Week =>
  weekFrom(DateTime.fromISO(week.from, { zone: "utc" }).plus({ weeks: by }))

/** The week of an instant in a zone. */
export const weekOf = (at: Date, zone: string): Week =>
  weekFrom(DateTime.fromJSDate(at, { zone }).startOf("week"))

/** The start and end of a week in a zone. */
export const weekBounds = ({ from, to }: Week, zone: string): { from: Date; to: Date } => ({
  from: DateTime.fromISO(from, { zone }).toJSDate(),
  to: DateTime.fromISO(to, { zone }).toJSDate(),
})

/** The week that begins on this Monday. */
export const weekFromMonday = (day: Day): Week => weekFrom(DateTime.fromISO(day, { zone: "utc" }))

/** Records of a week may come so many days late, and stores in other zones end it a day later. */
export const lateDays = 2

/** When the report of a week is frozen. */
export const freezesAt = ({ to }: Week, zone: string): Date =>
  DateTime.fromISO(to, { zone }).plus({ days: lateDays }).toJSDate()
