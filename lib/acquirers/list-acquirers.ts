import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import type { AcquirerList } from "@/lib/acquirers/schemas"
import { acquirers } from "@/lib/acquirers/sql"
import { inOrganisation } from "@/lib/db/transaction"

/** Acquirers and their terms, by name. */
export async function listAcquirers({ actor }: { actor: Actor }): Promise<AcquirerList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: await acquirers(db) }))
}
