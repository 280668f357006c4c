import type { Actor } from "@/lib/access/actor/actor"
import type { Db } from "@/lib/base/db/transaction"
import type { Days } from "@/lib/base/time/range"
import { hasManyStores, worstStores, type StoreRow } from "@/lib/outlook/overview/sql"

const mostStores = 5
/** In a large organisation, the stores are ranked so often. */
const everyMs = 60_000
const mostKept = 200

const kept = new Map<string, { at: number; rows: StoreRow[] }>()

type Asked = { actor: Actor; days: Days; now: Date }

/**
 * The stores with the highest failure rates. Ranking reads every store, and overviews are read every few
 * seconds, so the ranking of a large organisation is kept for a minute. Nobody waits for the next one but who
 * asks for it first.
 */
export async function rankedStores(db: Db, { actor, days, now }: Asked): Promise<StoreRow[]> {
  const rank = () => worstStores(db, days, mostStores)
  const [size] = await hasManyStores(db)
  if (actor.stores !== null || !size?.many) return rank()
  const key = `${actor.orgId} ${days.first} ${days.last}`
  const known = kept.get(key)
  if (known && now.getTime() - known.at < everyMs) return known.rows
  if (known) known.at = now.getTime()
  const rows = await rank()
  if (kept.size >= mostKept) kept.clear()
  kept.set(key, { at: now.getTime(), rows })
  return rows
}
