import { catalogueVerbs } from "@/lib/fleet/catalogue/catalogue-verbs"
import { findSupplier } from "@/lib/fleet/suppliers/list-suppliers"
import type { Supplier, SupplierDraft } from "@/lib/fleet/suppliers/schemas"
import { deleteSupplier, insertSupplier, updateSupplier } from "@/lib/fleet/suppliers/sql"

export const {
  add: addSupplier,
  change: changeSupplier,
  remove: removeSupplier,
} = catalogueVerbs<SupplierDraft, Supplier>({
  kind: "supplier",
  nameOf: ({ name }) => name,
  references: () => ({}),
  find: findSupplier,
  insert: insertSupplier,
  update: updateSupplier,
  remove: deleteSupplier,
})
