import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit } from "@/lib/access/audit/record-audit"
import type { Organisation, OrganisationChange } from "@/lib/access/organisation/schemas"
import { lockOrganisation, organisationRow, updateOrganisation } from "@/lib/access/organisation/sql"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { addJob } from "@/lib/base/jobs/add-job"

export async function getOrganisation({ actor }: { actor: Actor }): Promise<Organisation> {
  requirePermission(actor, "organisation:manage")
  return inOrganisation(actor, (db) => organisationOrThrow(db, actor.orgId))
}

/**
 * Changes the given settings. A longer retention may need older partitions, so it asks the worker to make
 * them.
 */
export async function changeOrganisation({
  actor,
  change,
}: {
  actor: Actor
  change: OrganisationChange
}): Promise<Organisation> {
  requirePermission(actor, "organisation:manage")
  return inOrganisation(actor, async (db) => {
    await lockOrganisation(db, actor.orgId)
    const now = await organisationOrThrow(db, actor.orgId)
    const next = { ...now, ...given(change) }
    if (next.idleLongMonths < next.idleMonths)
      throw new AppError("invalid", "idleLongMonths cannot be less than idleMonths.", {
        field: "idleLongMonths",
      })
    const changed = changedFields(now, next)
    if (changed) {
      await updateOrganisation(db, actor.orgId, next)
      await recordAudit(db, actor, [
        {
          action: "organisation.changed",
          subject: { kind: "organisation", id: actor.orgId, name: next.name },
          ...changed,
        },
      ])
    }
    const isLonger =
      next.rawRetentionDays > now.rawRetentionDays || next.hourRetentionDays > now.hourRetentionDays
    if (isLonger) await addJob(db, "partitions", {}, { key: "partitions" })
    return next
  })
}

const given = (change: OrganisationChange): Partial<Organisation> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

async function organisationOrThrow(db: Db, id: string): Promise<Organisation> {
  const [row] = await organisationRow(db, id)
  if (!row) throw new AppError("not_found", "The organisation no longer exists.")
  return row
}
