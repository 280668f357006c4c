import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import type { PolicyList } from "@/lib/fleet/releases/schemas"
import { policies } from "@/lib/fleet/releases/sql"

/** Lists the policies of releases. */
export async function listPolicies({ actor }: { actor: Actor }): Promise<PolicyList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: await policies(db) }))
}
