import type { Actor } from "@/lib/access/actor/actor"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import type { Db } from "@/lib/base/db/transaction"
import {
  comparedWith,
  rangeOf,
  type DayRange,
  type DaysUsed,
  type RangeUsed,
  type Wanted,
} from "@/lib/base/time/range"
import { countStores, readHoursFrom, storesNamed } from "@/lib/insight/rates/rates-sql"
import { namesCodes, namesStores, type Filters, type Reading } from "@/lib/insight/rates/rows-sql"

/** More stores are not listed in a statement. */
export const mostListed = 2_000

/** `compareFrom` and `compareTo` replace the previous period, the last date included. */
type Compared = { compareFrom?: string | undefined; compareTo?: string | undefined }
type Asked = {
  actor: Actor
  wanted: Wanted & Compared
  filters: Filters
  daysOnly: boolean
  now: Date
}

/**
 * What a request reads, and the range that its answer reports. The sums of a model, subcause or code are kept
 * by day only, those of a terminal also by hour. Periods of one's own choice are compared by day.
 */
export async function readingOf(
  db: Db,
  asked: Asked & { daysOnly: true },
): Promise<Reading & { range: DayRange; used: DaysUsed }>
export async function readingOf(db: Db, asked: Asked): Promise<Reading & { used: RangeUsed }>
export async function readingOf(
  db: Db,
  { actor, wanted: { compareFrom, compareTo, ...wanted }, filters, daysOnly, now }: Asked,
): Promise<Reading & { used: RangeUsed }> {
  const zone = await organisationZone(db)
  const [kept] = await readHoursFrom(db)
  if (!kept) throw new Error("a select without a table returns one row")
  const byModel = filters.model !== undefined && filters.terminal === undefined
  const byDay = daysOnly || byModel || namesCodes(filters) || compareFrom !== undefined
  const given = rangeOf({ ...wanted, zone, hoursFrom: kept.at, daysOnly: byDay, at: now })
  const used = comparedWith(given, { from: compareFrom, to: compareTo, zone })
  return {
    range: used.range,
    filters,
    isWhole: actor.stores === null,
    stores: await listedStores(db, filters),
    used,
  }
}

/** Whether the filters leave so many stores that these are grouped by day alone. */
export async function hasManyStores(db: Db, filters: Filters): Promise<boolean> {
  const [stores] = await countStores(db, filters, mostListed + 1)
  return stores !== undefined && stores.count > mostListed
}

async function listedStores(db: Db, filters: Filters): Promise<number[] | null> {
  if (!namesStores(filters)) return null
  const stores = await storesNamed(db, filters, mostListed + 1)
  return stores.length > mostListed ? null : stores.map(({ id }) => id)
}
