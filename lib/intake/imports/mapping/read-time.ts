import { DateTime, type Zone } from "luxon"
import {
  inYear,
  isDay,
  isOrdered,
  readMonthDay,
  readOrdered,
  fullYear,
  type DateParts,
} from "@/lib/intake/imports/mapping/date-order"
import { midnight, readClock, type Clock, type ShortClock } from "@/lib/intake/imports/mapping/read-clock"
import { zoneOf } from "@/lib/intake/imports/mapping/read-zone"
import type { DateOrder } from "@/lib/intake/imports/words"

export type TimeReading = {
  /** The zone of times without one. */
  zone: string
  dateOrder?: DateOrder | undefined
  /** The year of the file's last day, for texts without a year. */
  year?: number | undefined
  shortClock?: ShortClock | undefined
}

// Serial day numbers since 1899-12-30, as in spreadsheets: 1954 to 2119.
const serial = /^[2-7]\d{4}(?:\.\d+)?$/
const fraction = /^0?\.\d+$|^0$/
const yearFirst = /^(\d{4}|\d{2}(?=年))[-/.年](\d{1,2})[-/.月](\d{1,2})日?/
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?=$|\D|\d{4}$|\d{6}(?!\d)|\d{9}$)/
const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ")
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,.]+/i
const dayNamed = /^(\d{1,2})(?:st|nd|rd|th)?[-\s./]+([a-z]{3})[a-z]*[-\s./,]+(\d{4}|\d{2})(?!\d)/i
const monthNamed = /^([a-z]{3})[a-z]*[-\s./]+(\d{1,2})(?:st|nd|rd|th)?[\s,.]+(\d{4})(?!\d|:)/i
const ofUnix = /^([a-z]{3})\s+(\d{1,2})\s+([\d:]+)\s+(.*?)\s*(\d{4})$/i

const longestTime = 64

/**
 * The instant of a text, in the formats of terminals, acquirers and spreadsheets; null if it has none. A zone
 * in the text takes precedence over the file's. `dateOrder` decides the day and month of 05/11/2026.
 */
export function readTime(text: string, reading: TimeReading): DateTime | null {
  if (text.length > longestTime) return null
  if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text))
    return valid(DateTime.fromISO(text, { setZone: true }))
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const ofNumber = readNumber(text, reading)
    if (ofNumber) return ofNumber
  }
  const found = splitOf(text, reading)
  if (!found) return null
  const rest = found.rest.replace(/^[T\s,:]+/, "")
  // An hour alone is no time of day: "14" could as well be minutes.
  if (/^\d{1,2}$/.test(rest)) return null
  const time = rest === "" ? { clock: midnight, rest: "" } : readClock(rest, "HHmm")
  return time && instantOf({ day: found.day, clock: time.clock, zone: time.rest }, reading)
}

/** The day that spreadsheets and databases write before a time that has none. */
const noDay = /^(?:1899-12-3[01]|1900-01-0[01])[T ]+(?=\d)/

/** A date and a time of day in separate columns. If the time has a date, it is used alone. */
export function readDateAndTime(dateText: string, timeText: string, reading: TimeReading): DateTime | null {
  if (timeText === "") return readTime(dateText, reading)
  const withoutDay = timeText.replace(noDay, "")
  if (withoutDay !== timeText) return readDateAndTime(dateText, withoutDay, reading)
  if (dateText.length + timeText.length > longestTime) return null
  const ofDay = fraction.test(timeText) ? Math.round(Number(timeText) * 86_400) : null
  const time = ofDay === null ? readClock(timeText, reading.shortClock) : { clock: clockOf(ofDay), rest: "" }
  if (!time) return readTime(timeText, reading)
  const split = splitOf(dateText, reading)
  const day = split?.day ?? partsOf(readTime(dateText, reading))
  return day && instantOf({ day, clock: time.clock, zone: time.rest }, reading)
}

/** Whether ten digits can be month, day and time. Such a text is not read as seconds. */
export const isMonthDayTime = (text: string): boolean =>
  /^(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(text)

/** Month, day and time in ten digits, in the file's year. */
export function readMonthDayTime(text: string, reading: TimeReading, now = Date.now()): DateTime | null {
  if (!isMonthDayTime(text) || reading.year === undefined) return null
  const [month, dayOfMonth] = [Number(text.slice(0, 2)), Number(text.slice(2, 4))]
  const day = inYear({ month, day: dayOfMonth }, { year: reading.year, now })
  const time = readClock(text.slice(4))
  return day && time && instantOf({ day, clock: time.clock, zone: "" }, reading)
}

/** Seconds since 1970 in ten digits. */
export const readSeconds = (text: string, { zone }: TimeReading): DateTime | null =>
  /^[1-3]\d{9}(?:\.\d+)?$/.test(text) ? valid(DateTime.fromSeconds(Number(text), { zone })) : null

const valid = (at: DateTime): DateTime | null => (at.isValid ? at : null)

/**
 * An hour that occurs twice is read as the first, an hour that the clocks skip as the next. The result does
 * not depend on today's season.
 */
export const firstOf = (at: DateTime): DateTime | null => valid(at.getPossibleOffsets()[0] ?? at)

type Said = { day: DateParts; clock: Clock; zone: string }

function instantOf({ day, clock, zone: named }: Said, { zone: own }: TimeReading): DateTime | null {
  const zone: Zone | string | null = named.trim() === "" ? own : zoneOf(named, own)
  return zone === null ? null : firstOf(DateTime.fromObject({ ...day, ...clock }, { zone }))
}

const partsOf = (at: DateTime | null): DateParts | null =>
  at && { year: at.year, month: at.month, day: at.day }

const clockOf = (seconds: number): Clock => ({
  hour: Math.floor(seconds / 3600) % 24,
  minute: Math.floor(seconds / 60) % 60,
  second: seconds % 60,
  millisecond: 0,
})

/** Seconds, milliseconds or microseconds since 1970, and the serial days of spreadsheets. */
function readNumber(text: string, reading: TimeReading): DateTime | null {
  const { zone } = reading
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return isMonthDayTime(text) ? null : readSeconds(text, reading)
  if (/^1\d{12}$/.test(text)) return valid(DateTime.fromMillis(Number(text), { zone }))
  if (/^1\d{15}$/.test(text)) return valid(DateTime.fromMillis(Math.floor(Number(text) / 1000), { zone }))
  return serial.test(text) ? ofSerial(Number(text), zone) : null
}

// Whole seconds: a fraction of a day is no more exact. The days are local, so that changes of the clock do
// not matter.
function ofSerial(days: number, zone: string): DateTime | null {
  const seconds = Math.round((days % 1) * 86_400)
  const { year, month, day } = DateTime.utc(1899, 12, 30).plus({ days: Math.floor(days), seconds })
  return firstOf(DateTime.fromObject({ year, month, day, ...clockOf(seconds) }, { zone }))
}

type Found = { parts: DateParts; length: number }

/** A day that begins with a year of four digits, or with one before 年. */
function readYearFirst(text: string, order: DateOrder | undefined): Found | null {
  const written = yearFirst.exec(text)
  const match = written ?? compact.exec(text)
  if (!match) return null
  const parts = { year: fullYear(Number(match[1])), month: Number(match[2]), day: Number(match[3]) }
  const isOpen = written === null && text.length === minutesLength && isOrdered(text, order)
  return isOpen || (written === null && !isDay(parts)) ? null : { parts, length: match[0].length }
}

/** The length of 202611281100. */
const minutesLength = 12

type Split = { day: DateParts; rest: string }

/** The day of a text, and the text after it. */
function splitOf(text: string, { dateOrder, year }: TimeReading): Split | null {
  const now = Date.now()
  const found =
    readYearFirst(text, dateOrder) ??
    readOrdered(text, { order: dateOrder, now }) ??
    readMonthDay(text, { year, now })
  if (found) return { day: found.parts, rest: text.slice(found.length) }
  return /[a-z]{3}/i.test(text) ? namedSplit(text.replace(weekday, "")) : null
}

/** Days with the month's name: 28 Nov 2026, Nov 28, 2026, and Sat Nov 28 11:00:00 CST 2026. */
function namedSplit(text: string): Split | null {
  const unix = ofUnix.exec(text)
  const [, dayFirst, monthSecond, lastYear] = dayNamed.exec(text) ?? []
  const [, monthFirst, daySecond, endYear] = monthNamed.exec(text) ?? []
  const name = unix?.[1] ?? monthSecond ?? monthFirst
  const month = monthNames.indexOf(name?.toLowerCase() ?? "") + 1
  if (month === 0) return null
  const day = Number(unix?.[2] ?? dayFirst ?? daySecond)
  const year = fullYear(Number(unix?.[5] ?? lastYear ?? endYear))
  const length = (dayNamed.exec(text) ?? monthNamed.exec(text))?.[0].length ?? 0
  return { day: { year, month, day }, rest: unix ? `${unix[3]} ${unix[4]}` : text.slice(length) }
}
