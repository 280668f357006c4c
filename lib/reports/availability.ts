import { calendarOf, closedFrom, openSpans } from "@/lib/stores/opening-hours"

const hourMs = 3_600_000

type Place = Parameters<typeof calendarOf>[0] & { terminal_id: number; from_at: Date; to_at: Date }

export type Availability = { openHours: number; upHours: number; share: number | null; terminalsWithoutHours: number }

/**
 * The share of opening hours in which terminals gave a sign of life. Counted are the whole UTC hours that lie
 * within an opening span; stores without known hours are left out, and counted.
 */
export function availabilityOf(places: Place[], upHoursOf: ReadonlyMap<number, ReadonlySet<number>>, now: number): Availability {
  let openHours = 0
  let up = 0
  const withoutHours = new Set<number>()
  for (const { terminal_id: terminalId, from_at: from, to_at: to, ...store } of places) {
    const calendar = calendarOf(store)
    const until = Math.min(to.getTime(), now, closedFrom(calendar))
    if (from.getTime() >= until) continue
    if (!calendar.hours) {
      withoutHours.add(terminalId)
      continue
    }
    const beating = upHoursOf.get(terminalId)
    const open = new Set<number>()
    for (const span of openSpans(calendar, from.getTime(), until)) {
      for (let hour = Math.ceil(span.from / hourMs) * hourMs; hour + hourMs <= span.to; hour += hourMs) open.add(hour)
    }
    openHours += open.size
    for (const hour of open) if (beating?.has(hour)) up += 1
  }
  return { openHours, upHours: up, share: openHours === 0 ? null : up / openHours, terminalsWithoutHours: withoutHours.size }
}
