import { EntryId } from "@/lib/catalogue/fields"
import { handler } from "@/lib/http/handler"
import { changeSupplier, removeSupplier } from "@/lib/suppliers/keep-suppliers"
import { SupplierDraft } from "@/lib/suppliers/schemas"

export const PUT = handler({ may: "catalogue:write", params: EntryId, body: SupplierDraft, run: changeSupplier })

export const DELETE = handler({ may: "catalogue:write", params: EntryId, run: removeSupplier })
