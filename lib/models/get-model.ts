import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { approvalOf } from "@/lib/approvals/list-approvals"
import { approvals } from "@/lib/approvals/sql"
import type { EntryId } from "@/lib/catalogue/fields"
import { inOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { modelOf } from "@/lib/models/list-models"
import type { ModelPage } from "@/lib/models/schemas"
import { models } from "@/lib/models/sql"
import { newestFirst } from "@/lib/releases/list-releases"
import { seenReleases } from "@/lib/releases/sql"

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
