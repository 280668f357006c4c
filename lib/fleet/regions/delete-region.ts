import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { regionOrThrow } from "@/lib/fleet/regions/list-regions"
import type { Region } from "@/lib/fleet/regions/schemas"
import { deleteRegionRow, lockRegion } from "@/lib/fleet/regions/sql"

/** Deletes a region without stores. */
export async function deleteRegion({ actor, regionId }: { actor: Actor; regionId: number }): Promise<Region> {
  requirePermission(actor, "catalogue:write")
  return inOrganisation(actor, async (db) => {
    await lockRegion(db, regionId)
    const region = await regionOrThrow(db, regionId)
    const { name, code, merchant, stores } = region
    if (stores > 0)
      throw new AppError("conflict", `This region still has stores (${stores}). Move or delete them first.`, {
        reason: "in_use",
      })
    await deleteRegionRow(db, regionId)
    await recordAudit(db, actor, [
      {
        action: "region.deleted",
        subject: { kind: "region", id: regionId, name },
        before: { name, code, merchant: merchant.name },
      },
    ])
    return region
  })
}
