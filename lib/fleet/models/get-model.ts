import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { approvalOf } from "@/lib/fleet/approvals/list-approvals"
import { approvals } from "@/lib/fleet/approvals/sql"
import type { EntryId } from "@/lib/fleet/catalogue/fields"
import { modelOf } from "@/lib/fleet/models/list-models"
import type { ModelPage } from "@/lib/fleet/models/schemas"
import { models } from "@/lib/fleet/models/sql"
import { newestFirst } from "@/lib/fleet/releases/list-releases"
import { seenReleases } from "@/lib/fleet/releases/sql"

/** A model with all that is known of it. */
export async function getModel({
  actor,
  params: { id },
}: {
  actor: Actor
  params: EntryId
}): Promise<ModelPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const [row] = await models(db, id)
    if (!row) throw new AppError("not_found", "There is no such model.")
    const known = (await approvals(db, { model: id })).map(approvalOf)
    const releases = (await seenReleases(db, id)).toSorted(newestFirst)
    return {
      ...modelOf(row, known),
      approvals: known,
      releases: releases.map(({ component, version, terminals, supportEndOn, releaseId }) => ({
        component,
        version,
        terminals,
        supportEndOn,
        isKnown: releaseId !== null,
      })),
    }
  })
}
