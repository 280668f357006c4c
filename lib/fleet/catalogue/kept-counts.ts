import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { keptFresh } from "@/lib/base/kept/kept-fresh"
import { hasManyTerminals } from "@/lib/fleet/catalogue/sql"

/**
 * Counts that read every terminal. Those of a large organisation are kept for a minute, so that nobody waits
 * for them but who asks first. After a pause the first answer is up to ten minutes old. An actor with a
 * limited reach gets counts of their stores, which are few.
 */
export function keptCounts<Row>(count: (db: Db) => Promise<Row[]>) {
  const kept = keptFresh<Row[]>({ freshMs: 60_000, mostMs: 600_000, most: 200 })
  return async (db: Db, actor: Actor): Promise<Row[]> => {
    if (actor.stores !== null) return count(db)
    const [size] = await hasManyTerminals(db)
    if (!size?.many) return count(db)
    return kept(actor.orgId, { first: () => count(db), again: () => inOrganisation(actor, count) })
  }
}

/** The rows with what was counted of them. */
export function withCounts<Row extends { id: number }, Counts extends object>(
  rows: readonly Row[],
  counted: readonly (Counts & { id: number })[],
  none: Counts,
): (Row & Counts)[] {
  const known = new Map(counted.map(({ id, ...counts }) => [id, counts]))
  return rows.map((row) => ({ ...row, ...none, ...known.get(row.id) }))
}
