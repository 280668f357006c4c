import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation } from "@/lib/db/transaction"
import type { TerminalEntry } from "@/lib/terminals/schemas"
import { upsertPlaces, upsertTerminalRows } from "@/lib/terminals/upsert-sql"

/**
 * Adds or changes terminals by serial number, with the places, models and acquirers they name. What an entry
 * leaves out stays. A new terminal counts as having been there from the beginning; a changed store, status
 * or TID ends the old assignment now and begins a new one.
 */
export async function upsertTerminals({ actor, entries }: { actor: Actor; entries: TerminalEntry[] }): Promise<{ created: number; changed: number }> {
  requirePermission(actor, "inventory:write")
  const rows = JSON.stringify([...new Map(entries.map((entry) => [entry.serial, entry])).values()])
  return inOrganisation(actor, async (db) => {
    await upsertPlaces(db, rows)
    return upsertTerminalRows(db, rows)
  })
}
