import { requireScope, type Actor } from "@/lib/access/actor"
import { listPacks, listUnmapped } from "@/lib/causes/sql"
import { inOrganisation } from "@/lib/db/transaction"

/** Every version of every code system's table, and the codes that wait to be mapped, most frequent first. */
export async function listCodePacks({ actor }: { actor: Actor }) {
  requireScope(actor, "read")
  return inOrganisation(actor.orgId, async (db) => ({ packs: await listPacks(db), unmapped: await listUnmapped(db) }))
}
