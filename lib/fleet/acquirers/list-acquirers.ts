import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import type { AcquirerList } from "@/lib/fleet/acquirers/schemas"
import { acquirers } from "@/lib/fleet/acquirers/sql"

/** Lists acquirers and their terms, sorted by name. */
export async function listAcquirers({ actor }: { actor: Actor }): Promise<AcquirerList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: await acquirers(db) }))
}
