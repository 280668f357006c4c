import { keeperOf } from "@/lib/catalogue/keeper"
import type { Supplier, SupplierDraft } from "@/lib/suppliers/schemas"
import { deleteSupplier, insertSupplier, suppliers, updateSupplier } from "@/lib/suppliers/sql"

export const {
  add: addSupplier,
  change: changeSupplier,
  remove: removeSupplier,
} = keeperOf<SupplierDraft, Supplier>({
  kind: "supplier",
  nameOf: ({ name }) => name,
  references: () => ({}),
  find: suppliers,
  insert: insertSupplier,
  update: updateSupplier,
  remove: deleteSupplier,
})
