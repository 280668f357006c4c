import { AppError } from "@/lib/base/errors"
import { addDays, dayStart, localDay, zonedText, type Day } from "@/lib/base/time/zone"

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const defaultDays = 7
// The years that JavaScript and PostgreSQL both can handle.
const [earliest, latest] = [Date.parse("1970-01-01T00:00:00Z"), Date.parse("9999-01-01T00:00:00Z")]

/** Whole UTC hours. The previous period is from `previousFrom` to `from`. */
export type HourRange = { resolution: "hour"; previousFrom: string; from: string; to: string }

/**
 * The instants of the request. Each store reads its own days that overlap them, and as many days before.
 * `firstDay` and `endDay` bound the days of all zones, so that the planner can prune partitions.
 */
export type DayRange = { resolution: "day"; from: string; to: string; firstDay: Day; endDay: Day }

export type Range = HourRange | DayRange

/** The range to read, and the range that the answer reports. */
export type RangeUsed = { range: Range; from: string; to: string }

type Wanted = {
  from: string | undefined
  to: string | undefined
  zone: string
  /** The oldest hour that is kept. */
  hoursFrom: Date
  /** True where no hours are kept. */
  daysOnly: boolean
  at: Date
}

/**
 * Chooses the range to read: whole UTC hours if it and the previous period of the same length are within the
 * hours' retention, otherwise whole days. The answer reports days in the organisation's zone.
 */
export function rangeOf({ from, to, zone, hoursFrom, daysOnly, at }: Wanted): RangeUsed {
  const end = to === undefined ? at.getTime() : Date.parse(to)
  const begin = from === undefined ? end - defaultDays * dayMs : Date.parse(from)
  if (begin >= end) throw new AppError("invalid", "from must be before to.", { field: "from" })
  if (begin < earliest || end > latest)
    throw new AppError("invalid", "from and to must be between 1970 and 9998.", {
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

  // Zones are up to 12 hours behind UTC and 14 ahead, so a store's first day may be a day off that of UTC.
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
