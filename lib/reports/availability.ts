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
  // Many stays are the same days of the same opening hours.
  const known = new Map<string, Stay>()
  for (const { terminal_id: terminalId, from_at: from, to_at: to, ...store } of places) {
    const key = JSON.stringify([store, from, to])
    const stay = known.get(key) ?? stayOf(store, from.getTime(), Math.min(to.getTime(), now))
    known.set(key, stay)
    if (stay === "unknown") withoutHours.add(terminalId)
    if (stay === "none" || stay === "unknown") continue
    const beating = upHoursOf.get(terminalId)
    openHours += stay.size
    for (const hour of stay) if (beating?.has(hour)) up += 1
  }
  return { openHours, upHours: up, share: openHours === 0 ? null : up / openHours, terminalsWithoutHours: withoutHours.size }
}

/** The whole hours of a stay in which its store was open; none where it is no stay. */
type Stay = ReadonlySet<number> | "none" | "unknown"

function stayOf(store: Parameters<typeof calendarOf>[0], from: number, to: number): Stay {
  const calendar = calendarOf(store)
  const until = Math.min(to, closedFrom(calendar))
  if (from >= until) return "none"
  if (!calendar.hours) return "unknown"
  const open = new Set<number>()
  for (const span of openSpans(calendar, from, until)) {
    for (let hour = Math.ceil(span.from / hourMs) * hourMs; hour + hourMs <= span.to; hour += hourMs) open.add(hour)
  }
  return open
}
