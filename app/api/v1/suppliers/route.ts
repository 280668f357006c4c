import { handler } from "@/lib/http/handler"
import { addSupplier } from "@/lib/suppliers/keep-suppliers"
import { listSuppliers } from "@/lib/suppliers/list-suppliers"
import { Supplier, SupplierDraft, SupplierList } from "@/lib/suppliers/schemas"

export const GET = handler({ may: "fleet:read", answer: SupplierList, run: listSuppliers })

export const POST = handler({
  may: "catalogue:write",
  body: SupplierDraft,
  answer: Supplier,
  run: addSupplier,
})
