import { EntryId } from "@/lib/catalogue/fields"
import { handler } from "@/lib/http/handler"
import { changeSupplier, removeSupplier } from "@/lib/suppliers/keep-suppliers"
import { Supplier, SupplierDraft } from "@/lib/suppliers/schemas"

export const PUT = handler({
  may: "catalogue:write",
  params: EntryId,
  body: SupplierDraft,
  answer: Supplier,
  run: changeSupplier,
})

export const DELETE = handler({
  may: "catalogue:write",
  params: EntryId,
  answer: EntryId,
  run: removeSupplier,
})
