import { EntryId } from "@/lib/catalogue/fields"
import { handler } from "@/lib/http/handler"
import { changeAcquirer, removeAcquirer } from "@/lib/acquirers/keep-acquirers"
import { AcquirerDraft } from "@/lib/acquirers/schemas"

export const PUT = handler({ may: "catalogue:write", params: EntryId, body: AcquirerDraft, run: changeAcquirer })

export const DELETE = handler({ may: "catalogue:write", params: EntryId, run: removeAcquirer })
