import { handler } from "@/lib/access/routes/handler"
import { addSupplier } from "@/lib/fleet/suppliers/change-suppliers"
import { listSuppliers } from "@/lib/fleet/suppliers/list-suppliers"
import { Supplier, SupplierDraft, SupplierList } from "@/lib/fleet/suppliers/schemas"

export const GET = handler({ may: "fleet:read", answer: SupplierList, run: listSuppliers })

export const POST = handler({
  may: "catalogue:write",
  body: SupplierDraft,
  answer: Supplier,
  run: addSupplier,
})
