import { asWorker, type Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { alone } from "@/lib/base/rounds/alone"
import { addDays, type Day } from "@/lib/base/time/zone"
import { numberOf, startOfDay } from "@/lib/base/time/zone-days"
import { readWindows } from "@/lib/fleet/maintenance/read-windows"
import { calendarOf, openSpans } from "@/lib/fleet/stores/opening-hours"
import { bookDay, type BookedDay, type TerminalDay } from "@/lib/insight/availability/book-day"
import { maintainedHours } from "@/lib/insight/availability/maintained-hours"
import {
  beatingBefore,
  beatsOn,
  forgetDay,
  hoursOn,
  outagesAround,
  settledUntil,
  staysIn,
  storesAfter,
  sumDay,
  writeDays,
  type HourRow,
  type PlaceDay,
  type Stay,
  type StoreRow,
} from "@/lib/insight/availability/settle-sql"
import { wholeHours } from "@/lib/insight/availability/whole-hours"
import { lossCauses, type Losses } from "@/lib/insight/availability/words"
import { firstHourOf } from "@/lib/rollups/fold/sql/beat-hours"

const hourMs = 3_600_000
const storesAtOnce = 500
/** An organisation that is new to this begins so many days back. */
const mostDaysBack = 35
/** Late records count if they come within these days. */
const daysAgain = 2
/** A terminal with a heartbeat so many days before was in service. */
const daysBefore = 8

type Settling = { orgId: string; last: Day; now: Date }

/**
 * Settles the days of an organisation up to the last one that is over, and the two before again. A day is
 * settled store by store. Yields after each slice of stores. Ends if another worker is at them.
 */
export async function* settleDays({ orgId, last, now }: Settling): AsyncGenerator<void, void> {
  const [settled] = await asWorker((db) => settledUntil(db, orgId))
  if (!settled?.first || (settled.last !== null && settled.last >= last)) return
  const from = settled.last === null ? addDays(last, -mostDaysBack) : addDays(settled.last, 1 - daysAgain)
  for (let day = from < settled.first ? settled.first : from; day <= last; day = addDays(day, 1)) {
    if (!(yield* settleDay({ orgId, day, now }))) return
  }
}

type One = { orgId: string; day: Day; now: Date }

/** Returns whether the day is settled. */
async function* settleDay({ orgId, day, now }: One): AsyncGenerator<void, boolean> {
  const lock = { round: "availability", orgId } as const
  for (let after: number | undefined = 0; after !== undefined;) {
    const place: number = after
    const slice = await alone(lock, async (db) => ({
      last: await settleStores(db, { orgId, day, now, after: place }),
    }))
    if (!slice) return false
    after = slice.last
    yield
  }
  const summed = await alone(lock, async (db) => {
    await forgetDay(db, { orgId, day, stores: [0] })
    await sumDay(db, { orgId, day })
    return true
  })
  yield
  return summed ?? false
}

/** Settles a day of some stores. Returns the last of them, if there may be more. */
async function settleStores(db: Db, { orgId, day, now, after }: One & { after: number }) {
  const stores = await storesAfter(db, { orgId, after, limit: storesAtOnce })
  const places = { orgId, day, stores: stores.map(({ id }) => id) }
  const terminals = await terminalsOf(db, { ...places, rows: stores })
  const outages = await outagesAround(db, { orgId, day, now })
  const isOutage = (hour: number) =>
    outages.some(({ from_at: from, to_at: to }) => +from < (hour + 1) * hourMs && hour * hourMs < +to)
  const booked = [...terminals].map(([store, days]) => ({ store, days: bookDay(days, isOutage) }))
  await forgetDay(db, places)
  const rows = booked.flatMap(({ store, days }) => [
    ...days.map((one): PlaceDay => ({ ...one, store })),
    { ...totalOf(days), store },
  ])
  await writeDays(db, { orgId, day, rows })
  return stores.length === storesAtOnce ? stores.at(-1)?.id : undefined
}

/** Of terminal 0. */
const totalOf = (days: readonly BookedDay[]): BookedDay => ({
  id: 0,
  open: days.reduce((sum, { open }) => sum + open, 0),
  down: sumOf(days.map(({ down }) => down)),
  failing: sumOf(days.map(({ failing }) => failing)),
})

const sumOf = (losses: readonly Losses[]): Losses =>
  Object.fromEntries(
    lossCauses.map((cause) => [cause, losses.reduce((sum, one) => sum + one[cause], 0)]),
  ) as Losses

type Places = { orgId: string; day: Day; stores: readonly number[]; rows: readonly StoreRow[] }

/** The terminals of stores that should have been up for an hour of the day at least, by store. */
async function terminalsOf(db: Db, { rows, ...places }: Places): Promise<Map<number, TerminalDay[]>> {
  const open = new Map(rows.map((row) => [row.id, openHoursOf(row, places.day)]))
  const maintained = await maintainedBy(db, { rows, ...places })
  const stays = (await staysIn(db, places)).filter(
    ({ store_id: store }) => (open.get(store) ?? []).length > 0,
  )
  const some = { ...places, ids: [...new Set(stays.map(({ id }) => id))] }
  const keyOf = ({ id, store_id: store }: { id: number; store_id: number }) => `${id} ${store}`
  const beats = new Map(
    (await beatsOn(db, some)).map((row) => [keyOf(row), beatHours(row.beats, places.day)]),
  )
  const hours = groupBy(await hoursOn(db, some), keyOf)
  const known = await inServiceBefore(db, some)
  const terminals = [...groupBy(stays, keyOf)].map(([key, own]) => {
    const { id = 0, store_id: store = 0 } = own[0] ?? {}
    const sales = hours.get(key) ?? []
    const up = new Set([...(beats.get(key) ?? []), ...sales.filter(hasSold).map(({ hour }) => hour)])
    const firstUp = known.has(id) ? -Infinity : Math.min(...up)
    const isMaintained = maintained(id, store)
    const expected = (open.get(store) ?? []).filter(
      (hour) => hour >= firstUp && own.some(isWithin(hour)) && !isMaintained(hour),
    )
    const restarts = new Set(sales.filter((one) => one.has_restarted).map(({ hour }) => hour))
    return { store, day: { id, expected, up, restarts, sales: sales.filter(hasSold) } }
  })
  const inService = terminals.filter(({ day }) => day.expected.length > 0)
  return new Map(
    [...groupBy(inService, ({ store }) => store)].map(([store, all]) => [store, all.map(({ day }) => day)]),
  )
}

type Maintained = (id: number, store: number) => (hour: number) => boolean

/** The hours of a day in which terminals of stores are in maintenance. */
async function maintainedBy(db: Db, { orgId, day, rows }: Places): Promise<Maintained> {
  // A day of any zone, with what begins before it.
  const from = Date.parse(addDays(day, -1))
  const to = Date.parse(addDays(day, 2))
  const windows = await readWindows(db, { orgId, from: new Date(from) })
  const stores = new Map(rows.map((row) => [row.id, row]))
  return (id, store) => {
    const row = stores.get(store)
    const place = row && { ...row, terminal_id: id, store_id: store }
    return place ? maintainedHours(windows, place, { from, to }) : () => false
  }
}

const hasSold = ({ presentments }: HourRow) => presentments > 0
const isWithin =
  (hour: number) =>
  ({ from_at: from, to_at: to }: Stay) =>
    +from <= hour * hourMs && (hour + 1) * hourMs <= +to

type Some = { orgId: string; day: Day; ids: readonly number[] }

/** The terminals that had sent a heartbeat before the day. Of almost all, a few days tell. */
async function inServiceBefore(db: Db, some: Some): Promise<ReadonlySet<number>> {
  const lately = new Set((await beatingBefore(db, { ...some, days: daysBefore })).map(({ id }) => id))
  const others = some.ids.filter((id) => !lately.has(id))
  const earlier = others.length > 0 ? await beatingBefore(db, { ...some, ids: others, days: null }) : []
  return new Set([...lately, ...earlier.map(({ id }) => id)])
}

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
