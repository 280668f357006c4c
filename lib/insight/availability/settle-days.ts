import { asWorker, type Db } from "@/lib/base/db/transaction"
import { alone } from "@/lib/base/rounds/alone"
import { addDays, type Day } from "@/lib/base/time/zone"
import { bookDay, type BookedDay } from "@/lib/insight/availability/book-day"
import {
  forgetDay,
  outagesAround,
  settledUntil,
  storesAfter,
  sumDay,
  writeDays,
  type PlaceDay,
} from "@/lib/insight/availability/settle-sql"
import { terminalDays } from "@/lib/insight/availability/terminal-days"
import { lossCauses, type Losses } from "@/lib/insight/availability/words"

const hourMs = 3_600_000
const storesAtOnce = 500
/** An organisation that is new to this begins so many days back. */
const mostDaysBack = 35
/** Late records count if they come within these days. */
const daysAgain = 2

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
  const terminals = await terminalDays(db, { ...places, rows: stores })
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
  sold: days.reduce((sum, { sold }) => sum + sold, 0),
  down: sumOf(days.map(({ down }) => down)),
  failing: sumOf(days.map(({ failing }) => failing)),
})

const sumOf = (losses: readonly Losses[]): Losses =>
  Object.fromEntries(
    lossCauses.map((cause) => [cause, losses.reduce((sum, one) => sum + one[cause], 0)]),
  ) as Losses
