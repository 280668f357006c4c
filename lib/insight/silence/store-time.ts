import { openTimeOf } from "@/lib/fleet/stores/open-time"
import { calendarOf, closedFrom, type Calendar, type Span } from "@/lib/fleet/stores/opening-hours"
import type { Silence } from "@/lib/insight/silence/silence-plan"

type Row = Parameters<typeof calendarOf>[0]

/** What terminals of a store share. */
export type StoreTime = Pick<Silence, "zone" | "open" | "hasHours" | "closesAt"> & { calendar: Calendar }

/** A store's open time without our own outages. */
export function storeTimeOf(row: Row, outages: readonly Span[]): StoreTime {
  const calendar = calendarOf(row)
  return {
    calendar,
    zone: calendar.zone,
    open: openTimeOf(calendar, outages),
    hasHours: calendar.hours !== null,
    closesAt: closedFrom(calendar),
  }
}
