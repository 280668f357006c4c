import { AppError } from "@/lib/base/errors"
import { addDays, dayStart, localDay, zonedText, type Day } from "@/lib/base/time/zone"

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const defaultDays = 7
// What both our calendar and the database's can say.
const [earliest, latest] = [Date.parse("1970-01-01T00:00:00Z"), Date.parse("9999-01-01T00:00:00Z")]

/** Instants from `previousFrom` to `from` are the period before; all three are whole UTC hours. */
export type HourRange = { resolution: "hour"; previousFrom: string; from: string; to: string }

/**
 * The instants asked for: each store reads the days of its own that overlap them, and as many before.
 * `firstDay` and `endDay` bound the days of every zone, so that a statement can prune by them.
 */
export type DayRange = { resolution: "day"; from: string; to: string; firstDay: Day; endDay: Day }

export type Range = HourRange | DayRange

/** What to read, and what the answer says was read. */
export type RangeUsed = { range: Range; from: string; to: string }

type Wanted = {
  from: string | undefined
  to: string | undefined
  zone: string
  /** Since when hours are kept. */
  hoursFrom: Date
  /** Only days are kept of what is asked for. */
  daysOnly: boolean
  at: Date
}

/**
 * The range to read, together with the one of the same length before it: whole UTC hours where both lie
 * within the hours' retention, else whole days, which the answer names in the organisation's zone.
 */
export function rangeOf({ from, to, zone, hoursFrom, daysOnly, at }: Wanted): RangeUsed {
  const end = to === undefined ? at.getTime() : Date.parse(to)
  const begin = from === undefined ? end - defaultDays * dayMs : Date.parse(from)
  if (begin >= end) throw new AppError("invalid", "from must lie before to.", { field: "from" })
  if (begin < earliest || end > latest)
    throw new AppError("invalid", "from and to: from 1970 to 9998.", {
      field: begin < earliest ? "from" : "to",
    })

  const [first, last] = [Math.floor(begin / hourMs) * hourMs, Math.ceil(end / hourMs) * hourMs]
  const previous = first - (last - first)
  if (!daysOnly && previous >= hoursFrom.getTime()) {
    const range: HourRange = {
      resolution: "hour",
      previousFrom: iso(previous),
      from: iso(first),
      to: iso(last),
    }
    return { range, from: range.from, to: range.to }
  }

  // Zones reach from 12 hours behind UTC to 14 ahead of it: a store's first day may be a day off that of UTC.
  const days = Math.ceil((end - begin) / dayMs) + 1
  const range: DayRange = {
    resolution: "day",
    from: iso(begin),
    to: iso(end),
    firstDay: addDays(localDay(new Date(begin), "utc"), -days - 2),
    endDay: addDays(localDay(new Date(end), "utc"), 2),
  }
  const endDay = addDays(localDay(new Date(end - 1), zone), 1)
  return { range, from: zoned(localDay(new Date(begin), zone), zone), to: zoned(endDay, zone) }
}

const iso = (ms: number): string => new Date(ms).toISOString()
const zoned = (day: Day, zone: string): string => zonedText(dayStart(day, zone), zone)
