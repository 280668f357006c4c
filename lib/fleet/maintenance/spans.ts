import { groupBy } from "@/lib/base/group-by"
import type { Day } from "@/lib/base/time/zone"
import { dayAt, instantOf, numberOf } from "@/lib/base/time/zone-days"
import { windowPlaces, type WindowPlace } from "@/lib/fleet/maintenance/words"
import type { Span } from "@/lib/fleet/stores/opening-hours"

/** A maintenance window. `starts` and `ends` are by the clock of each store: 2026-12-01T22:00. */
export type MaintenanceWindow = {
  kind: WindowPlace
  /** 0 for the whole organisation. */
  placeId: number
  starts: string
  ends: string
  isWeekly: boolean
  /** The last day on which a weekly one begins. */
  lastOn: Day | null
  /** When somebody ended it, in milliseconds since 1970. Infinity if nobody did. */
  endedAt: number
}

/** Where a terminal is; 0 instead of a terminal for what concerns its store alone. */
export type Standing = {
  terminal_id: number
  store_id: number
  region_id: number | null
  merchant_id: number | null
}

/** Windows by their place, so that a terminal finds its own among those of a large fleet. */
export type Windows = ReadonlyMap<string, readonly MaintenanceWindow[]>

export const byPlace = (windows: readonly MaintenanceWindow[]): Windows =>
  groupBy(windows, ({ kind, placeId }) => `${kind} ${placeId}`)

const windowsFor = (windows: Windows, standing: Standing): MaintenanceWindow[] =>
  windowPlaces.flatMap(
    (kind) => windows.get(`${kind} ${kind === "organisation" ? 0 : standing[`${kind}_id`]}`) ?? [],
  )

/** Whether a terminal has windows of its own. */
export const hasOwnWindows = (windows: Windows, { terminal_id: id }: Standing): boolean =>
  windows.has(`terminal ${id}`)

const clockOf = (text: string) => ({
  day: numberOf(text.slice(0, 10)),
  minutes: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
})

/** The times of a window that touch [from, to), in a store's zone. */
export function timesOf(window: MaintenanceWindow, zone: string, { from, to }: Span): Span[] {
  const [begin, end] = [clockOf(window.starts), clockOf(window.ends)]
  const days = end.day - begin.day
  const weeksBefore = window.isWeekly
    ? Math.max(0, Math.floor((dayAt(zone, from) - days - 1 - begin.day) / 7))
    : 0
  const latest = window.lastOn === null ? dayAt(zone, to) : Math.min(numberOf(window.lastOn), dayAt(zone, to))
  const found: Span[] = []
  for (let day = begin.day + 7 * weeksBefore; day <= (window.isWeekly ? latest : begin.day); day += 7) {
    const span = {
      from: instantOf(zone, day, begin.minutes),
      to: Math.min(instantOf(zone, day + days, end.minutes), window.endedAt),
    }
    if (span.from < span.to && span.to > from && span.from < to) found.push(span)
  }
  return found
}

/** Spans in order, those that overlap or touch as one. */
export function joined(spans: readonly Span[]): Span[] {
  const found: Span[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else found.push({ from, to })
  }
  return found
}

export type Place = Standing & { time_zone: string }

/**
 * Tells when terminals are in maintenance within [from, to), in order and without overlaps. A window of many
 * stores is worked out once for each zone.
 */
export function maintenanceWithin(windows: Windows, within: Span): (place: Place) => Span[] {
  const known = new Map<MaintenanceWindow, Map<string, Span[]>>()
  const timesIn = (window: MaintenanceWindow, zone: string): Span[] => {
    const byZone = known.get(window) ?? new Map<string, Span[]>()
    known.set(window, byZone)
    const times = byZone.get(zone) ?? timesOf(window, zone, within)
    byZone.set(zone, times)
    return times
  }
  return (place) => joined(windowsFor(windows, place).flatMap((one) => timesIn(one, place.time_zone)))
}

/** The span of maintenance that goes on at an instant. */
export const spanAt = (spans: readonly Span[], at: number): Span | null =>
  spans.find(({ from, to }) => from <= at && at < to) ?? null
