import { DateTime } from "luxon"
import type { Range } from "@/lib/causes/rates-sql"
import { AppError } from "@/lib/errors"

const hourMs = 3_600_000
const defaultDays = 7

export type Ranges = { now: Range; previous: Range; /** What the answer says it used, as instants. */ from: string; to: string }

type Wanted = {
  from: string | undefined
  to: string | undefined
  zone: string
  hourRetentionDays: number
  /** Only days are kept of what is asked for. */
  daysOnly: boolean
  at: Date
}

/**
 * The range to read and the one of the same length before it. It is widened to whole UTC hours where both
 * lie within the hours' retention, else to whole days. (Days are each store's own; the organisation's zone
 * decides which dates the given instants lie on.)
 */
export function rangesOf({ from, to, zone, hourRetentionDays, daysOnly, at }: Wanted): Ranges {
  const end = to === undefined ? at.getTime() : Date.parse(to)
  const begin = from === undefined ? end - defaultDays * 24 * hourMs : Date.parse(from)
  if (begin >= end) throw new AppError("invalid", "from must lie before to.", { field: "from" })

  const [first, last] = [Math.floor(begin / hourMs) * hourMs, Math.ceil(end / hourMs) * hourMs]
  const hoursKeptFrom = at.getTime() - hourRetentionDays * 24 * hourMs
  if (!daysOnly && first - (last - first) >= hoursKeptFrom) {
    const hours = (a: number, b: number): Range => ({ resolution: "hour", from: new Date(a).toISOString(), to: new Date(b).toISOString() })
    const now = hours(first, last)
    return { now, previous: hours(first - (last - first), first), from: now.from, to: now.to }
  }

  const firstDay = DateTime.fromMillis(begin, { zone }).startOf("day")
  const endDay = DateTime.fromMillis(end - 1, { zone }).startOf("day").plus({ days: 1 })
  const length = Math.round(endDay.diff(firstDay, "days").days)
  const days = (a: DateTime, b: DateTime): Range => ({ resolution: "day", from: a.toFormat("yyyy-MM-dd"), to: b.toFormat("yyyy-MM-dd") })
  return {
    now: days(firstDay, endDay),
    previous: days(firstDay.minus({ days: length }), firstDay),
    from: firstDay.toISO() ?? "",
    to: endDay.toISO() ?? "",
  }
}
