import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { countRows } from "@/lib/base/pages/count"
import { readPage } from "@/lib/base/pages/read-page"
import { keptCounts, withCounts } from "@/lib/fleet/catalogue/kept-counts"
import type { Region, RegionPage, RegionQuery } from "@/lib/fleet/regions/schemas"
import { allRegions, regionById, regionOrder, regionPage } from "@/lib/fleet/regions/sql"
import { storesBy } from "@/lib/fleet/stores/stores-by"

const countStores = keptCounts((db) => storesBy(db, "region"))
const none = { stores: 0, terminals: 0 }

/**
 * Lists regions by name, of one merchant or all. An actor with a limited reach gets the regions of their
 * stores.
 */
export async function listRegions({
  actor,
  query: { cursor, limit, ...filters },
}: {
  actor: Actor
  query: RegionQuery
}): Promise<RegionPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(regionOrder, { cursor, limit }, (slice) =>
      regionPage(db, filters, slice),
    )
    const data = withCounts(rows, await countStores(db, actor), none)
    return { data, ...links, ...(await countRows(db, allRegions(filters))) }
  })
}

export async function getRegion({ actor, regionId }: { actor: Actor; regionId: number }): Promise<Region> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, (db) => regionOrThrow(db, regionId))
}

export async function regionOrThrow(db: Db, regionId: number): Promise<Region> {
  const counted = await storesBy(db, "region", regionId)
  const [region] = withCounts(await regionById(db, regionId), counted, none)
  if (!region) throw new AppError("not_found", "This region does not exist.")
  return region
}
