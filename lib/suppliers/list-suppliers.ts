import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation } from "@/lib/db/transaction"
import type { SupplierList } from "@/lib/suppliers/schemas"
import { suppliers } from "@/lib/suppliers/sql"

/** Manufacturers and suppliers by name. */
export async function listSuppliers({ actor }: { actor: Actor }): Promise<SupplierList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: await suppliers(db) }))
}
