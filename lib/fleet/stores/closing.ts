import { dayAt } from "@/lib/base/time/zone-days"
import { spansOfDay, type Calendar } from "@/lib/fleet/stores/opening-hours"

const dayMs = 24 * 3_600_000
const mostDays = 366

/**
 * When the business day of an instant is over: when the store closes on the day on which it is open then, or
 * opens next. A day after the instant where the hours are unknown or the store stays open that night.
 * Infinity if it does not open within a year.
 */
export function closingAfter(calendar: Calendar, at: number): number {
  const { zone, hours } = calendar
  if (hours === null) return at + dayMs
  // Begins a day early, for spans that run past midnight.
  const first = dayAt(zone, at) - 1
  for (let day = first; day <= first + mostDays; day += 1) {
    const closes = Math.max(...spansOfDay(calendar, day).map(({ to }) => to))
    if (closes <= at) continue
    const staysOpen = spansOfDay(calendar, day + 1).some(({ from }) => from <= closes)
    return staysOpen ? at + dayMs : closes
  }
  return Infinity
}
