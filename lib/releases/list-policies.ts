import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation } from "@/lib/db/transaction"
import type { PolicyList } from "@/lib/releases/schemas"
import { policies } from "@/lib/releases/sql"

/** The oldest versions that are accepted. */
export async function listPolicies({ actor }: { actor: Actor }): Promise<PolicyList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: await policies(db) }))
}
