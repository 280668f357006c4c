import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import type { SupplierList } from "@/lib/fleet/suppliers/schemas"
import { suppliers } from "@/lib/fleet/suppliers/sql"

/** Lists manufacturers and suppliers, sorted by name. */
export async function listSuppliers({ actor }: { actor: Actor }): Promise<SupplierList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: await suppliers(db) }))
}
