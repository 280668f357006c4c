import { changeAcquirer, removeAcquirer } from "@/lib/acquirers/keep-acquirers"
import { Acquirer, AcquirerDraft } from "@/lib/acquirers/schemas"
import { EntryId } from "@/lib/catalogue/fields"
import { handler } from "@/lib/http/handler"

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
