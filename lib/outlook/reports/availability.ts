import { setImmediate } from "node:timers/promises"
import type { Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { parts } from "@/lib/base/parts"
import { calendarOf, closedFrom, type Calendar } from "@/lib/fleet/stores/opening-hours"
import { openHoursByDay } from "@/lib/outlook/reports/open-hours"
import {
  availabilityRows,
  calendarRows,
  everyTerminal,
  firstBeats,
  hoursShownFrom,
  perhapsNew,
  terminalsOfStores,
} from "@/lib/outlook/reports/sql"

type Availability = {
  openHours: number
  upHours: number
  share: number | null
  terminalsWithoutHours: number
}

type Span = {
  from: string
  to: string
  now: Date
  /** The terminals that a limited reader may see, or null for all. */
  terminals: readonly number[] | null
}

const dayMs = 86_400_000
/** The days of so many terminals are looked up one by one. For more the planner would read all days. */
const mostAtOnce = 500
const nothing: Availability = { openHours: 0, upHours: 0, share: null, terminalsWithoutHours: 0 }

/**
 * The share of opening hours in which the terminals of each group sent a heartbeat, on store-local days and
 * up to now. Terminals of stores without known hours are left out and counted in `terminalsWithoutHours`.
 * Opening hours are computed here, once for stores with the same calendar; the database does the counting.
 * `member` selects terminal_id and group_id.
 */
export async function availabilityByGroup(
  db: Db,
  member: Sql,
  { from, to, now, terminals }: Span,
): Promise<Map<number, Availability>> {
  // One more day on each side: some zone's days reach into it.
  const [first, last] = [Date.parse(from) - dayMs, Date.parse(to) + dayMs]
  const [shown] = await hoursShownFrom(db)
  if (!shown) throw new Error("a select without a table returns one row")
  const rowsOfCalendars = await calendarRows(db)
  const calendars = rowsOfCalendars.map((row) => ({ id: row.id, ...calendarOf(row) }))
  const span = { from, to, now, shownFrom: shown.at, terminals }
  const openHours = await openHoursOf(calendars, first, last)
  const rows = await availabilityRows(db, member, {
    ...span,
    beginnings: await beginningsOf(db, span),
    calendars: calendars.map((calendar) => ({
      id: calendar.id,
      hasHours: calendar.hours !== null,
      closedAt: instantOf(closedFrom(calendar)),
      hours: openHours.get(calendar.id) ?? "",
    })),
    places: rowsOfCalendars.flatMap(({ id, stores }) => stores.map((store) => ({ store, calendar: id }))),
    hours: { firstDay: first / dayMs, count: ((last - first) / dayMs) * 24 },
  })
  return new Map(
    rows.map(
      ({ group_id, open_hours: openHours, up_hours: upHours, without_hours: terminalsWithoutHours }) => [
        group_id,
        { openHours, upHours, share: openHours === 0 ? null : upHours / openHours, terminalsWithoutHours },
      ],
    ),
  )
}

/** The terminals that a reader of these stores may see. Null for all: naming them would only take time. */
export const terminalsWithin = async (db: Db, stores: readonly number[] | null): Promise<number[] | null> =>
  stores && (await terminalsOfStores(db, stores)).map(({ id }) => id)

/** `availabilityByGroup` of all terminals together. */
export const availabilityOfAll = async (db: Db, span: Span): Promise<Availability> =>
  (await availabilityByGroup(db, everyTerminal, span)).get(0) ?? nothing

async function beginningsOf(db: Db, span: Parameters<typeof perhapsNew>[1]) {
  const ids = (await perhapsNew(db, span)).map(({ id }) => id)
  const hours = new Map<number, Date>()
  for (const some of parts(ids, mostAtOnce))
    for (const { id, hour } of await firstBeats(db, { ids: some, shownFrom: span.shownFrom }))
      hours.set(id, hour)
  return ids.map((id) => ({ id, hour: hours.get(id) ?? null }))
}

/**
 * The hours of each calendar, a digit for each, the first hour last. A calendar takes some milliseconds, so
 * other requests get a turn after each one.
 */
async function openHoursOf(
  calendars: readonly (Calendar & { id: number })[],
  from: number,
  to: number,
): Promise<Map<number, string>> {
  const digits = new Map<number, string>()
  for (const calendar of calendars) {
    const open = openHoursByDay(calendar, from, to)
    const days = Array.from({ length: (to - from) / dayMs }, (_, i) => open.get(from / dayMs + i) ?? 0)
    digits.set(
      calendar.id,
      days
        .toReversed()
        .map((hours) => hours.toString(2).padStart(24, "0"))
        .join(""),
    )
    await setImmediate()
  }
  return digits
}

const instantOf = (at: number): Date | null => (at === Infinity ? null : new Date(at))
