import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { keptFresh } from "@/lib/base/kept/kept-fresh"
import { hasManyTerminals } from "@/lib/fleet/catalogue/sql"

type Count<Row> = (db: Db, stores: readonly number[] | null) => Promise<Row[]>

const usually = { freshMs: 60_000, mostMs: 600_000 }

/**
 * Counts that read every terminal. Those of a large organisation are kept for a minute, so that nobody waits
 * for them but who asks first. After a pause the first answer is up to ten minutes old. An actor with a
 * limited reach gets counts of their stores, which are few.
 */
export function keptCounts<Row>(count: Count<Row>, howLong = usually) {
  const kept = keptFor<Row>(howLong)
  return (db: Db, actor: Actor): Promise<Row[]> => kept(db, actor, "all", count)
}

/** The same of one subject, such as a release, by its key. */
export function keptFor<Row>(howLong = usually) {
  const kept = keptFresh<Row[]>({ ...howLong, most: 200 })
  return async (db: Db, actor: Actor, key: string, count: Count<Row>): Promise<Row[]> => {
    const ofActor = (on: Db) => count(on, actor.stores)
    if (actor.stores !== null) return ofActor(db)
    const [size] = await hasManyTerminals(db)
    if (!size?.many) return ofActor(db)
    return kept(`${actor.orgId} ${key}`, {
      first: () => ofActor(db),
      again: () => inOrganisation(actor, ofActor),
    })
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
