import { handler } from "@/lib/access/routes/handler"
import { EntryId } from "@/lib/fleet/catalogue/fields"
import { changeSupplier, removeSupplier } from "@/lib/fleet/suppliers/change-suppliers"
import { Supplier, SupplierDraft } from "@/lib/fleet/suppliers/schemas"

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
