import { EntryId } from "@/lib/catalogue/fields"
import { handler } from "@/lib/http/handler"
import { changePolicy, removePolicy } from "@/lib/releases/keep-releases"
import { Policy, PolicyDraft } from "@/lib/releases/schemas"

export const PUT = handler({
  may: "catalogue:write",
  params: EntryId,
  body: PolicyDraft,
  answer: Policy,
  run: changePolicy,
})

export const DELETE = handler({ may: "catalogue:write", params: EntryId, answer: EntryId, run: removePolicy })
