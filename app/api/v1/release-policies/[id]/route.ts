import { handler } from "@/lib/access/routes/handler"
import { EntryId } from "@/lib/fleet/catalogue/fields"
import { changePolicy, removePolicy } from "@/lib/fleet/releases/change-releases"
import { Policy, PolicyDraft } from "@/lib/fleet/releases/schemas"

export const PUT = handler({
  may: "catalogue:write",
  params: EntryId,
  body: PolicyDraft,
  answer: Policy,
  run: changePolicy,
})

export const DELETE = handler({ may: "catalogue:write", params: EntryId, answer: EntryId, run: removePolicy })
