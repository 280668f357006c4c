import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import type { Region, RegionPage, RegionQuery } from "@/lib/fleet/regions/schemas"
import { regionById, regionPage } from "@/lib/fleet/regions/sql"

const list = "regions by name"
const Cursor = z.tuple([z.string(), z.int()])

/**
 * Lists regions by name, of one merchant or all. An actor with a limited reach gets the regions of their
 * stores.
 */
export async function listRegions({
  actor,
  query,
}: {
  actor: Actor
  query: RegionQuery
}): Promise<RegionPage> {
  requirePermission(actor, "fleet:read")
  const after = query.cursor === undefined ? null : decodeCursor(list, query.cursor, Cursor)
  return inOrganisation(actor, async (db) => {
    const rows = await regionPage(db, { ...query, after })
    const data = rows.slice(0, query.limit)
    const last = data.at(-1)
    return {
      data,
      nextCursor: rows.length > data.length && last ? encodeCursor(list, [last.name, last.id]) : null,
    }
  })
}

export async function getRegion({ actor, regionId }: { actor: Actor; regionId: number }): Promise<Region> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, (db) => regionOrThrow(db, regionId))
}

export async function regionOrThrow(db: Db, regionId: number): Promise<Region> {
  const [region] = await regionById(db, regionId)
  if (!region) throw new AppError("not_found", "This region does not exist.")
  return region
}
