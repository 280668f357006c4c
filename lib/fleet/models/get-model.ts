import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { knownApprovals } from "@/lib/fleet/approvals/list-approvals"
import type { EntryId } from "@/lib/fleet/catalogue/fields"
import { modelOf, readModel } from "@/lib/fleet/models/list-models"
import type { ModelPage } from "@/lib/fleet/models/schemas"
import { ownCurrency } from "@/lib/fleet/models/sql"
import { releasesOfModel } from "@/lib/fleet/releases/releases-of-model"

/** Returns a model with its dates and releases. */
export async function getModel({
  actor,
  params: { id },
}: {
  actor: Actor
  params: EntryId
}): Promise<ModelPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const row = await readModel(db, actor, id)
    if (!row) throw new AppError("not_found", "This model does not exist.")
    const known = await knownApprovals(db, { model: id })
    return {
      ...modelOf(row, known),
      currency: await ownCurrency(db),
      approvals: known,
      releases: await releasesOfModel(db, actor, id),
    }
  })
}
