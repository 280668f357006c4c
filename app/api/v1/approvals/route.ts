import { addApproval } from "@/lib/approvals/keep-approvals"
import { listApprovals } from "@/lib/approvals/list-approvals"
import { Approval, ApprovalDraft, ApprovalList, ApprovalQuery } from "@/lib/approvals/schemas"
import { handler } from "@/lib/http/handler"

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
