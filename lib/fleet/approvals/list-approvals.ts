import { DateTime } from "luxon"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { isCheckOverdue } from "@/lib/fleet/approvals/dates"
import type { Approval, ApprovalList, ApprovalQuery } from "@/lib/fleet/approvals/schemas"
import { approvals, type ApprovalRow } from "@/lib/fleet/approvals/sql"

/** Lists the known ends of purchase, deployment and use. */
export async function listApprovals({
  actor,
  query: { model = null },
}: {
  actor: Actor
  query: ApprovalQuery | { model?: null }
}): Promise<ApprovalList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: await knownApprovals(db, { model }) }))
}

/** All approvals, those of one model, or the one with this id. */
export const knownApprovals = async (
  db: Db,
  wanted: { id?: number | null; model?: number | null },
): Promise<Approval[]> => (await approvals(db, wanted)).map(approvalOf)

const approvalOf = (row: ApprovalRow): Approval => ({
  ...row,
  isCheckOverdue: isCheckOverdue(row.checkedOn, DateTime.utc().toISODate()),
})
