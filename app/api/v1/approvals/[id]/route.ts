import { handler } from "@/lib/access/routes/handler"
import { changeApproval, removeApproval } from "@/lib/fleet/approvals/change-approvals"
import { Approval, ApprovalDraft } from "@/lib/fleet/approvals/schemas"
import { EntryId } from "@/lib/fleet/catalogue/fields"

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
