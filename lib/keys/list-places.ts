import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation } from "@/lib/db/transaction"
import { placeRows, type Place } from "@/lib/keys/sql"

/** What a key can be limited to. */
export async function listPlaces({ actor }: { actor: Actor }): Promise<Place[]> {
  requirePermission(actor, "keys:manage")
  return inOrganisation(actor, placeRows)
}
