import { handler } from "@/lib/access/routes/handler"
import { addApproval } from "@/lib/fleet/approvals/change-approvals"
import { listApprovals } from "@/lib/fleet/approvals/list-approvals"
import { Approval, ApprovalDraft, ApprovalList, ApprovalQuery } from "@/lib/fleet/approvals/schemas"

export const GET = handler({
  may: "fleet:read",
  query: ApprovalQuery,
  answer: ApprovalList,
  run: listApprovals,
})

export const POST = handler({
  may: "catalogue:write",
  body: ApprovalDraft,
  answer: Approval,
  run: addApproval,
})
