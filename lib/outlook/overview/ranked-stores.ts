import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { keptFresh } from "@/lib/base/kept/kept-fresh"
import type { Days } from "@/lib/base/time/range"
import { hasManyStores, worstStores, type StoreRow } from "@/lib/outlook/overview/sql"

const mostStores = 5
/** The ranking of a large organisation is kept for a minute. */
const kept = keptFresh<StoreRow[]>({ freshMs: 60_000, mostMs: 300_000, most: 200 })

type Asked = { actor: Actor; days: Days; now: Date }

/**
 * The stores with the highest failure rates. Ranking reads every store, and overviews are read every few
 * seconds, so the ranking of a large organisation is kept. Nobody waits for it but who asks first.
 */
export async function rankedStores(db: Db, { actor, days, now }: Asked): Promise<StoreRow[]> {
  const rank = (on: Db) => worstStores(on, days, mostStores)
  if (actor.stores !== null) return rank(db)
  const [size] = await hasManyStores(db)
  if (!size?.many) return rank(db)
  const key = `${actor.orgId} ${days.first} ${days.last}`
  return kept(key, { first: () => rank(db), again: () => inOrganisation(actor, rank), now })
}
