import { handler } from "@/lib/access/routes/handler"
import { changeAcquirer, removeAcquirer } from "@/lib/fleet/acquirers/change-acquirers"
import { Acquirer, AcquirerDraft } from "@/lib/fleet/acquirers/schemas"
import { EntryId } from "@/lib/fleet/catalogue/fields"

export const PUT = handler({
  may: "catalogue:write",
  params: EntryId,
  body: AcquirerDraft,
  answer: Acquirer,
  run: changeAcquirer,
})

export const DELETE = handler({
  may: "catalogue:write",
  params: EntryId,
  answer: EntryId,
  run: removeAcquirer,
})
