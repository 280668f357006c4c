import { changeApproval, removeApproval } from "@/lib/approvals/keep-approvals"
import { Approval, ApprovalDraft } from "@/lib/approvals/schemas"
import { EntryId } from "@/lib/catalogue/fields"
import { handler } from "@/lib/http/handler"

export const PUT = handler({
  may: "catalogue:write",
  params: EntryId,
  body: ApprovalDraft,
  answer: Approval,
  run: changeApproval,
})

export const DELETE = handler({
  may: "catalogue:write",
  params: EntryId,
  answer: EntryId,
  run: removeApproval,
})
