import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import type { CodeTableDetail } from "@/lib/fleet/code-packs/schemas"
import { currentCodes } from "@/lib/fleet/code-packs/sql"

/** The codes of a system with what each means now: own entries before shipped ones. */
export async function getCodeTable({
  actor,
  params: { codeSystem },
}: {
  actor: Actor
  params: { codeSystem: string }
}): Promise<CodeTableDetail> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ codeSystem, codes: await currentCodes(db, codeSystem) }))
}
