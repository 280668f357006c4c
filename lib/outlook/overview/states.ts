import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { keptFresh } from "@/lib/base/kept/kept-fresh"
import { hasManyTerminals } from "@/lib/fleet/catalogue/sql"
import { countStates, type StateCount } from "@/lib/outlook/overview/sql"

/** As often as a screen asks. */
const kept = keptFresh<StateCount[]>({ freshMs: 5_000, mostMs: 30_000, most: 200 })

/**
 * Active terminals by online state. Counting reads all of them, and overviews are read every few seconds, so
 * the counts of a large organisation are kept for some seconds.
 */
export async function statesOfFleet(
  db: Db,
  { actor, now }: { actor: Actor; now: Date },
): Promise<StateCount[]> {
  const count = (on: Db) => countStates(on, actor.stores)
  if (actor.stores !== null) return count(db)
  const [size] = await hasManyTerminals(db)
  if (!size?.many) return count(db)
  return kept(actor.orgId, { first: () => count(db), again: () => inOrganisation(actor, count), now })
}
