import { DateTime } from "luxon"
import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { isCheckOverdue } from "@/lib/approvals/dates"
import type { Approval, ApprovalList, ApprovalQuery } from "@/lib/approvals/schemas"
import { approvals, type ApprovalRow } from "@/lib/approvals/sql"
import { inOrganisation } from "@/lib/db/transaction"

/** What is known of ends of purchase, deployment and use. */
export async function listApprovals({
  actor,
  query: { model = null },
}: {
  actor: Actor
  query: ApprovalQuery | { model?: null }
}): Promise<ApprovalList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: (await approvals(db, { model })).map(approvalOf) }))
}

export const approvalOf = (row: ApprovalRow): Approval => ({
  ...row,
  isCheckOverdue: isCheckOverdue(row.checkedOn, DateTime.utc().toISODate()),
})
