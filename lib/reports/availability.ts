import { OpeningHours, openSpans } from "@/lib/stores/opening-hours"

const hourMs = 3_600_000

type Place = { terminal_id: number; time_zone: string; opening_hours: unknown; from_at: Date; to_at: Date }

export type Availability = { openHours: number; upHours: number; share: number | null; terminalsWithoutHours: number }

/**
 * The share of opening hours in which terminals gave a sign of life. Counted are the whole UTC hours that lie
 * within an opening span; stores without known hours are left out, and counted.
 */
export function availabilityOf(places: Place[], upHoursOf: ReadonlyMap<number, ReadonlySet<number>>, now: number): Availability {
  let openHours = 0
  let up = 0
  const withoutHours = new Set<number>()
  for (const { terminal_id: terminalId, time_zone: zone, opening_hours: given, from_at: from, to_at: to } of places) {
    const until = Math.min(to.getTime(), now)
    if (from.getTime() >= until) continue
    const hours = OpeningHours.safeParse(given)
    if (!hours.success) {
      withoutHours.add(terminalId)
      continue
    }
    const beating = upHoursOf.get(terminalId)
    const open = new Set<number>()
    for (const span of openSpans(hours.data, zone, from.getTime(), until)) {
      for (let hour = Math.ceil(span.from / hourMs) * hourMs; hour + hourMs <= span.to; hour += hourMs) open.add(hour)
    }
    openHours += open.size
    for (const hour of open) if (beating?.has(hour)) up += 1
  }
  return { openHours, upHours: up, share: openHours === 0 ? null : up / openHours, terminalsWithoutHours: withoutHours.size }
}
