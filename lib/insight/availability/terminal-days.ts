import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { addDays, type Day } from "@/lib/base/time/zone"
import { numberOf, startOfDay } from "@/lib/base/time/zone-days"
import { readWindows } from "@/lib/fleet/maintenance/read-windows"
import { maintenanceWithin } from "@/lib/fleet/maintenance/spans"
import { calendarOf, openSpans } from "@/lib/fleet/stores/opening-hours"
import { attemptsAround } from "@/lib/insight/availability/attempts-around"
import type { TerminalDay } from "@/lib/insight/availability/book-day"
import {
  beatingBefore,
  beatsOn,
  hoursOn,
  staysIn,
  type HourRow,
  type Stay,
  type StoreRow,
} from "@/lib/insight/availability/settle-sql"
import { wholeHours } from "@/lib/insight/availability/whole-hours"
import { firstHourOf } from "@/lib/rollups/fold/sql/beat-hours"

const hourMs = 3_600_000
/** A terminal with a heartbeat so many days before was in service, and sends heartbeats. */
const daysBefore = 8

type Places = { orgId: string; day: Day; stores: readonly number[]; rows: readonly StoreRow[] }

const keyOf = ({ id, store_id: store }: { id: number; store_id: number }) => `${id} ${store}`
const hasSold = ({ presentments }: HourRow) => presentments > 0

/** The terminals of stores that should have been up for an hour of the day at least, by store. */
export async function terminalDays(db: Db, { rows, ...places }: Places): Promise<Map<number, TerminalDay[]>> {
  const open = new Map(rows.map((row) => [row.id, openHoursOf(row, places.day)]))
  const maintained = await maintainedBy(db, { rows, ...places })
  const stays = (await staysIn(db, places)).filter(
    ({ store_id: store }) => (open.get(store) ?? []).length > 0,
  )
  const lives = await livesOf(db, { ...places, ids: [...new Set(stays.map(({ id }) => id))] })
  const terminals = [...groupBy(stays, keyOf)].map(([key, own]) => {
    const { id = 0, store_id: store = 0 } = own[0] ?? {}
    const { firstUp, ...life } = lives({ id, key })
    const isMaintained = maintained(id, store)
    const expected = (open.get(store) ?? []).filter(
      (hour) => hour >= firstUp && own.some(isWithin(hour)) && !isMaintained(hour),
    )
    return { store, day: { ...life, id, expected } }
  })
  const inService = terminals.filter(({ day }) => day.expected.length > 0)
  return new Map(
    [...groupBy(inService, ({ store }) => store)].map(([store, all]) => [store, all.map(({ day }) => day)]),
  )
}

type Some = { orgId: string; day: Day; ids: readonly number[] }
/** A terminal at a store, and the key of both. */
type Place = { id: number; key: string }
/** What a terminal did on a day at a store, and in which hour it was first up, if it is new. */
type Life = Omit<TerminalDay, "id" | "expected"> & { firstUp: number }

async function livesOf(db: Db, some: Some): Promise<(of: Place) => Life> {
  const beatRows = await beatsOn(db, some)
  const rows = await hoursOn(db, some)
  const beats = new Map(beatRows.map((row) => [keyOf(row), beatHours(row.beats, some.day)]))
  const restarts = groupBy(
    rows.filter((row) => row.has_restarted),
    keyOf,
  )
  const sales = groupBy(rows.filter(hasSold), keyOf)
  const attempts = await attemptsAround(db, { ...some, sales: sales.values() })
  const beating = new Set(beatRows.map(({ id }) => id))
  const selling = new Set(rows.filter(hasSold).map(({ id }) => id))
  const isKnown = await inServiceBefore(db, some, { beating, selling })
  const firstUp = new Map<number, number>()
  const noteUp = (id: number, hour: number) => firstUp.set(id, Math.min(hour, firstUp.get(id) ?? Infinity))
  for (const row of beatRows) for (const hour of beats.get(keyOf(row)) ?? []) noteUp(row.id, hour)
  for (const row of rows.filter(hasSold)) noteUp(row.id, row.hour)
  return ({ id, key }) => {
    const own = sales.get(key) ?? []
    return {
      sendsBeats: isKnown({ id, key }) || beating.has(id),
      firstUp: isKnown({ id, key }) ? -Infinity : (firstUp.get(id) ?? Infinity),
      up: new Set([...(beats.get(key) ?? []), ...own.map(({ hour }) => hour)]),
      restarts: new Set(restarts.get(key)?.map(({ hour }) => hour)),
      sales: own,
      attempts: attempts.get(id) ?? [],
    }
  }
}

type Signs = { beating: ReadonlySet<number>; selling: ReadonlySet<number> }

/**
 * The terminals that had sent a heartbeat before the day. Of almost all, a few days tell. One that sells, and
 * has sent none for longer, counts as one that sends none.
 */
async function inServiceBefore(db: Db, some: Some, { beating, selling }: Signs) {
  const lately = await beatingBefore(db, { ...some, days: daysBefore })
  const found = new Set(lately.map(({ id }) => id))
  const ids = some.ids.filter((id) => !found.has(id) && (beating.has(id) || !selling.has(id)))
  const earlier = ids.length > 0 ? await beatingBefore(db, { ...some, ids, days: null }) : []
  const rows = [...lately, ...earlier]
  const anywhere = new Set(rows.flatMap(({ id, is_earlier: isEarlier }) => (isEarlier ? [id] : [])))
  const there = new Set(rows.map(keyOf))
  return ({ id, key }: Place) => anywhere.has(id) || there.has(key)
}

type Maintained = (id: number, store: number) => (hour: number) => boolean

/** The hours of a day in which terminals are in maintenance. They are expected of nobody. */
async function maintainedBy(db: Db, { orgId, day, rows }: Places): Promise<Maintained> {
  // A day of any zone, with what begins before it.
  const [from, to] = [Date.parse(addDays(day, -1)), Date.parse(addDays(day, 2))]
  const windows = await readWindows(db, { orgId, from: new Date(from) })
  if (windows.size === 0) return () => () => false
  const maintenanceOf = maintenanceWithin(windows, { from, to })
  const stores = new Map(rows.map((row) => [row.id, row]))
  return (id, store) => {
    const row = stores.get(store)
    const spans = row ? maintenanceOf({ ...row, terminal_id: id, store_id: store }) : []
    return (hour) => spans.some((span) => span.from < (hour + 1) * hourMs && hour * hourMs < span.to)
  }
}

const isWithin =
  (hour: number) =>
  ({ from_at: from, to_at: to }: Stay) =>
    +from <= hour * hourMs && (hour + 1) * hourMs <= +to

/** The whole hours, counted from 1970, that begin on a day of the store and in which it is open. */
function openHoursOf(row: StoreRow, day: Day): number[] {
  const number = numberOf(day)
  const [begin, end] = [startOfDay(row.time_zone, number), startOfDay(row.time_zone, number + 1)]
  // An hour of UTC may begin on this day and end on the next.
  const hours = wholeHours(openSpans(calendarOf(row), begin, end + hourMs))
  return [...new Set(hours)].filter((hour) => hour * hourMs < end)
}

/** The hours of the digits that are 1, counted from 1970. */
const beatHours = (digits: string, day: Day): number[] =>
  [...digits].flatMap((digit, place) =>
    digit === "1" ? [firstHourOf(numberOf(day)) + digits.length - 1 - place] : [],
  )
