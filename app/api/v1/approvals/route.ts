import { handler } from "@/lib/http/handler"
import { addApproval } from "@/lib/approvals/keep-approvals"
import { listApprovals } from "@/lib/approvals/list-approvals"
import { ApprovalDraft, ApprovalQuery } from "@/lib/approvals/schemas"

export const GET = handler({ may: "fleet:read", query: ApprovalQuery, run: listApprovals })

export const POST = handler({ may: "catalogue:write", body: ApprovalDraft, run: addApproval })
