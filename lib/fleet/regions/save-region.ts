import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { regionOrThrow } from "@/lib/fleet/regions/list-regions"
import type { NewRegion, Region, RegionChange } from "@/lib/fleet/regions/schemas"
import { insertRegion, lockRegion, updateRegion } from "@/lib/fleet/regions/sql"
import { refuseTaken } from "@/lib/fleet/stores/refuse-taken"

const subjectOf = ({ id, name }: Region) => ({ kind: "region", id, name })

export async function createRegion({
  actor,
  region: { merchantId, name, code = null },
}: {
  actor: Actor
  region: NewRegion
}): Promise<Region> {
  requirePermission(actor, "catalogue:write")
  return refuseTaken("region", () =>
    inOrganisation(actor, async (db) => {
      const [made] = await insertRegion(db, merchantId, { name, code })
      if (!made) throw new AppError("invalid", "This merchant does not exist.", { field: "merchantId" })
      const region = await regionOrThrow(db, made.id)
      await recordAudit(db, actor, [
        {
          action: "region.created",
          subject: subjectOf(region),
          after: { name, code, merchant: region.merchant.name },
        },
      ])
      return region
    }),
  )
}

/** Changes the given fields. A region cannot change its merchant. */
export async function changeRegion({
  actor,
  regionId,
  change,
}: {
  actor: Actor
  regionId: number
  change: RegionChange
}): Promise<Region> {
  requirePermission(actor, "catalogue:write")
  return refuseTaken("region", () =>
    inOrganisation(actor, async (db) => {
      await lockRegion(db, regionId)
      const old = await regionOrThrow(db, regionId)
      const before = { name: old.name, code: old.code }
      const after = {
        name: change.name ?? old.name,
        code: change.code === undefined ? old.code : change.code,
      }
      await updateRegion(db, regionId, after)
      const changed = changedFields(before, after)
      if (changed)
        await recordAudit(db, actor, [
          { action: "region.changed", subject: { ...subjectOf(old), name: after.name }, ...changed },
        ])
      return { ...old, ...after }
    }),
  )
}
