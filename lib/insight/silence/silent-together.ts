import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { flapsOf, sitesFlapping } from "@/lib/insight/silence/flapping"
import { lastSignOf } from "@/lib/insight/silence/last-sign"
import { isSiteUp, silentWithSite, type Neighbour } from "@/lib/insight/silence/site"
import { storesWithOffline, terminalsAt, type SiteRow } from "@/lib/insight/silence/sql"

export type { SiteRow }

/** The stores of an organisation with offline terminals. */
export const offlineStores = async (db: Db, orgId: string): Promise<number[]> =>
  (await storesWithOffline(db, orgId)).map(({ id }) => id)

type Sites = { stores: readonly number[]; now: Date }

/** The offline terminals of these stores whose store is silent as a whole. */
export async function silentTogether(db: Db, { stores, now }: Sites): Promise<SiteRow[]> {
  if (stores.length === 0) return []
  const sites = groupBy(await terminalsAt(db, [...new Set(stores)]), ({ store_id: id }) => id)
  return [...sites.values()].flatMap((terminals) =>
    silentWithSite(
      terminals.map((row) => ({ ...neighbourOf(row), row })),
      now.getTime(),
    ).map(({ row }) => row),
  )
}

/** The terminals of these stores whose others flap, too. */
export async function flappingTogether(db: Db, { stores, now }: Sites): Promise<SiteRow[]> {
  if (stores.length === 0) return []
  const sites = groupBy(await terminalsAt(db, [...new Set(stores)]), ({ store_id: id }) => id)
  return [...sites.values()].flatMap((terminals) => {
    const areFlapping = sitesFlapping(terminals.map((one) => flapsOf(one, now)))
    return terminals.filter((_, place) => areFlapping[place])
  })
}

type Opening = { terminal: number; store: number; at: number }

/** Those of these terminals in whose store most others have been up since it opened, and sell. */
export async function withOthersUp(
  db: Db,
  { openings, now }: { openings: readonly Opening[]; now: Date },
): Promise<ReadonlySet<number>> {
  if (openings.length === 0) return new Set()
  const stores = [...new Set(openings.map(({ store }) => store))]
  const sites = groupBy(await terminalsAt(db, stores), ({ store_id: id }) => id)
  const living = new Map([...sites].map(([store, rows]) => [store, rows.map((row) => livingOf(row, now))]))
  const isUp = ({ terminal, store, at }: Opening) => {
    const others = (living.get(store) ?? []).filter(({ id }) => id !== terminal)
    return isSiteUp(others, { opened: at, now: now.getTime() })
  }
  return new Set(openings.filter(isUp).map(({ terminal }) => terminal))
}

const livingOf = (row: SiteRow, now: Date) => ({
  ...neighbourOf(row),
  id: row.terminal_id,
  lastSignAt: lastSignOf(row, now),
  lastSaleAt: row.last_sale_at?.getTime() ?? null,
})

const neighbourOf = ({ state, since }: SiteRow): Neighbour => ({ state, since: since?.getTime() ?? null })
