import { DateTime } from "luxon"
import type { DateOrder } from "@/lib/intake/imports/words"

type Reading = { zone: string; dateOrder?: DateOrder | undefined }
type Parts = { year: number; month: number; day: number }
type Clock = { hour: number; minute: number; second: number; millisecond: number }

const midnight: Clock = { hour: 0, minute: 0, second: 0, millisecond: 0 }
// Serial numbers of days since 1899-12-30, as spreadsheets keep dates: 1954 to 2119.
const serial = /^[2-7]\d{4}(?:\.\d+)?$/
const fraction = /^0?\.\d+$|^0$/
const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})/
const compact = /^(\d{4})(\d{2})(\d{2})(?=$|\D|\d{6}$|\d{9}$)/
const clock =
  /^(上午|下午|[aApP]\.?[mM]\.?)?\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:[.,](\d{1,9}))?)?秒?\s*(?:分|([aApP])\.?[mM]\.?)?$/
const compactClock = /^(\d{1,2})(\d{2})(\d{2})(?:\d{3})?$/

/**
 * The instant that a text says, in any of the ways that terminals, acquirers and spreadsheets write it; null
 * where it says none. Which of day and month comes first in 05/11/2026 is `dateOrder`'s to say.
 */
export function readTime(text: string, { zone, dateOrder }: Reading): DateTime | null {
  if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text))
    return valid(DateTime.fromISO(text, { setZone: true }))
  if (/^\d{10}$/.test(text)) return valid(DateTime.fromSeconds(Number(text), { zone }))
  if (/^1\d{12}$/.test(text)) return valid(DateTime.fromMillis(Number(text), { zone }))
  if (serial.test(text)) return ofSerial(Number(text), zone)
  const date = readDate(text, dateOrder)
  if (!date) return null
  const rest = text.slice(date.length).replace(/^[T\s,]+/, "")
  const time = rest === "" ? midnight : readClock(rest)
  return time && valid(DateTime.fromObject({ ...date.parts, ...time }, { zone }))
}

/** A date and a time of day in columns of their own; a time that has a date itself counts alone. */
export function readDateAndTime(dateText: string, timeText: string, reading: Reading): DateTime | null {
  if (timeText === "") return readTime(dateText, reading)
  const dayFraction = fraction.test(timeText) ? Number(timeText) : null
  const time = dayFraction === null ? readClock(timeText) : midnight
  if (!time) return readTime(timeText, reading)
  const day = readTime(dateText, reading)
  if (!day) return null
  return dayFraction === null
    ? day.set(time)
    : day.startOf("day").plus({ seconds: Math.round(dayFraction * 86_400) })
}

/** Whether dates such as 05/11/2026 name the day first, as far as the texts show it. */
export function guessDateOrder(texts: readonly string[]): DateOrder | null {
  for (const text of texts) {
    const match = yearLast.exec(text.trim())
    if (!match) continue
    if (Number(match[1]) > 12) return "day-first"
    if (Number(match[2]) > 12) return "month-first"
  }
  return null
}

/** Whether the text is a date whose order it does not tell itself. */
export const needsDateOrder = (text: string): boolean => yearLast.test(text.trim())

const valid = (at: DateTime): DateTime | null => (at.isValid ? at : null)

// Whole seconds: a fraction of a day holds no more. The local day is counted, so that clocks may change.
function ofSerial(days: number, zone: string): DateTime | null {
  const seconds = Math.round((days % 1) * 86_400)
  const { year, month, day } = DateTime.utc(1899, 12, 30).plus({ days: Math.floor(days), seconds })
  return valid(
    DateTime.fromObject(
      {
        year,
        month,
        day,
        hour: Math.floor(seconds / 3600) % 24,
        minute: Math.floor(seconds / 60) % 60,
        second: seconds % 60,
      },
      { zone },
    ),
  )
}

function readDate(text: string, dateOrder: DateOrder | undefined): { parts: Parts; length: number } | null {
  const match = yearFirst.exec(text) ?? compact.exec(text)
  if (match)
    return {
      parts: { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) },
      length: match[0].length,
    }
  const last = yearLast.exec(text)
  if (!last) return null
  const [first, second] = [Number(last[1]), Number(last[2])]
  const order = first > 12 ? "day-first" : second > 12 ? "month-first" : dateOrder
  if (order === undefined) return null
  const [day, month] = order === "day-first" ? [first, second] : [second, first]
  return { parts: { year: Number(last[3]), month, day }, length: last[0].length }
}

function readClock(text: string): Clock | null {
  const plain = compactClock.exec(/^\d{4,5}$/.test(text) ? text.padStart(6, "0") : text)
  if (plain)
    return within({
      hour: Number(plain[1]),
      minute: Number(plain[2]),
      second: Number(plain[3]),
      millisecond: 0,
    })
  const match = clock.exec(text)
  if (!match) return null
  const half = (match[1] ?? match[6] ?? "")
    .replace("上午", "a")
    .replace("下午", "p")
    .slice(0, 1)
    .toLowerCase()
  const hour = Number(match[2])
  return within({
    hour: half === "p" && hour < 12 ? hour + 12 : half === "a" && hour === 12 ? 0 : hour,
    minute: Number(match[3]),
    second: Number(match[4] ?? 0),
    millisecond: Math.floor(Number(`0.${match[5] ?? "0"}`) * 1000),
  })
}

const within = (time: Clock): Clock | null =>
  time.hour < 24 && time.minute < 60 && time.second < 60 ? time : null
