import { clockDays, lookBackDays } from "@/lib/base/time/look-back"
import { addDays, localDay, type Day } from "@/lib/base/time/zone"

type Deleted = { raw_deleted_from: Date | null; raw_deleted_before: Date | null }

/** A store's day begins and ends within a day of the UTC day. */
const zoneDays = 1
/** A later day looks back at the beats of an earlier one this far; a clock may be off as far. */
const laterDays = lookBackDays + clockDays + zoneDays
const earlierDays = clockDays + zoneDays

/** The days that change with raw rows of these days: earlier ones by clocks, later ones by looking back. */
export function daysToRecount(days: Iterable<Day>): Day[] {
  const found = new Set<Day>()
  for (const day of days)
    for (let other = -earlierDays; other <= laterDays; other += 1) found.add(addDays(day, other))
  const last = addDays(localDay(new Date(), "UTC"), zoneDays)
  return [...found].filter((day) => day <= last).toSorted()
}

/** Whether all days that a day's raw rows count in have all of their raw rows. */
export function isMovable(
  day: Day,
  { raw_deleted_from: from, raw_deleted_before: before }: Deleted,
): boolean {
  if (before === null) return true
  const [first, last] = [addDays(day, -earlierDays), addDays(day, laterDays)]
  const isAfter = first >= addDays(localDay(before, "UTC"), laterDays)
  const isBefore = from !== null && last < addDays(localDay(from, "UTC"), -earlierDays)
  return isAfter || isBefore
}
