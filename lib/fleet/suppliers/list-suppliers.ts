import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { keptCounts, withCounts } from "@/lib/fleet/catalogue/kept-counts"
import type { Supplier, SupplierList } from "@/lib/fleet/suppliers/schemas"
import { suppliers, terminalsBySupplier } from "@/lib/fleet/suppliers/sql"

const countTerminals = keptCounts((db, stores) => terminalsBySupplier(db, { stores }))
const none = { terminals: 0 }

/** Lists manufacturers and suppliers, sorted by name. */
export async function listSuppliers({ actor }: { actor: Actor }): Promise<SupplierList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({
    data: withCounts(await suppliers(db), await countTerminals(db, actor), none),
  }))
}

/** The supplier with this id. */
export const findSupplier = async (db: Db, id: number): Promise<Supplier[]> =>
  withCounts(await suppliers(db, id), await terminalsBySupplier(db, { id }), none)
