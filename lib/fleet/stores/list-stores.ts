import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { groupBy } from "@/lib/base/group-by"
import { fewIds } from "@/lib/base/pages/count"
import { readPage } from "@/lib/base/pages/read-page"
import { addDays, localDay } from "@/lib/base/time/zone"
import { keptFor } from "@/lib/fleet/catalogue/kept-counts"
import type { Store, StorePage, StoreQuery } from "@/lib/fleet/stores/schemas"
import {
  countStores,
  type Lacking,
  storeById,
  storeOrder,
  storePage,
  storesNamed,
  storesWithoutUsualSales,
  zonesOfStores,
} from "@/lib/fleet/stores/sql"
import type { StoreLack } from "@/lib/fleet/stores/words"

/** Lists the stores in the actor's reach, sorted by name. */
export async function listStores({
  actor,
  query: { cursor, limit, lacks, ...query },
}: {
  actor: Actor
  query: StoreQuery
}): Promise<StorePage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { q } = query
    // A limited reader's stores are few, and are all looked at.
    const found =
      q === undefined || actor.stores !== null ? undefined : await fewIds((most) => storesNamed(db, q, most))
    const filters = { ...query, found, lacks: lacks && (await lookUp(db, actor, lacks)) }
    const { rows, ...links } = await readPage(storeOrder, { cursor, limit }, (slice) =>
      storePage(db, filters, slice),
    )
    return { data: rows, ...links, ...(await countStores(db, filters)) }
  })
}

/** Those of a large organisation are kept for a minute, because all stores' days are read for them. */
const withoutSales = keptFor<Lacking["unsold"][number]>()

async function lookUp(db: Db, actor: Actor, what: StoreLack): Promise<Lacking> {
  if (what !== "sales") return lackingNow(db, what)
  const unsold = await withoutSales(db, actor, what, async (on) => [...(await lackingNow(on, what)).unsold])
  return { what, unsold }
}

async function lackingNow(db: Db, what: StoreLack): Promise<Lacking> {
  if (what !== "sales") return { what, unsold: [] }
  const now = new Date()
  const zones = (await zonesOfStores(db)).map(({ zone }) => zone)
  const unsold: { zones: string[]; ids: number[] }[] = []
  for (const [yesterday, ofDay] of groupBy(zones, (zone) => addDays(localDay(now, zone), -1)))
    unsold.push({
      zones: ofDay,
      ids: (await storesWithoutUsualSales(db, yesterday)).map(({ id }) => id),
    })
  return { what, unsold }
}

/** How many stores lack something, exact up to 10,000. */
export const countLackingStores = async (
  db: Db,
  what: StoreLack,
): Promise<{ total: number; isTotalExact: boolean }> => countStores(db, { lacks: await lackingNow(db, what) })

export async function getStore({ actor, storeId }: { actor: Actor; storeId: number }): Promise<Store> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, (db) => storeOrThrow(db, storeId))
}

export async function storeOrThrow(db: Db, storeId: number): Promise<Store> {
  const [store] = await storeById(db, storeId)
  if (!store) throw new AppError("not_found", "This store does not exist.")
  return store
}
