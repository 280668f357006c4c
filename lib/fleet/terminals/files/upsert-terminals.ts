import { systemId, type Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit, type AuditEntry } from "@/lib/access/audit/record-audit"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { inOrganisation } from "@/lib/base/db/transaction"
import { noteStores, noteTerminals } from "@/lib/fleet/changes/note-changes"
import {
  masterData,
  storesWithNewHours,
  upsertPlaces,
  upsertTerminalRows,
  type MasterData,
} from "@/lib/fleet/terminals/files/upsert-sql"
import { ownPlaceholderTest } from "@/lib/fleet/terminals/own-placeholders"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import { Spellings } from "@/lib/fleet/terminals/spellings"

type Upsert = {
  actor: Actor
  entries: TerminalEntry[]
  /** The actor for the audit log if it is not `actor`: a vendor's key. */
  by?: Actor
}

/**
 * Adds or changes terminals by serial number, with the places, models and acquirers that they name. Fields
 * that an entry leaves out stay. A new terminal counts as present from the beginning. A new store, status
 * or TID ends the old assignment now and begins another.
 */
export async function upsertTerminals({
  actor,
  entries,
  by = actor,
}: Upsert): Promise<{ created: number; changed: number }> {
  requirePermission(actor, "inventory:write")
  return retryConflicts(() =>
    inOrganisation(actor, async (db) => {
      const isPlaceholder = await ownPlaceholderTest(db)
      const named = entries.filter(({ serial }) => !isPlaceholder(serial))
      const spelled = await new Spellings().apply(db, named)
      const rows = JSON.stringify([...new Map(spelled.map((entry) => [entry.serial, entry])).values()])
      // An import has an audit entry of its own, and the system's own actions have none.
      const look = () =>
        by.id === systemId
          ? Promise.resolve([])
          : masterData(
              db,
              spelled.map(({ serial }) => serial),
            )
      const before = await look()
      const stores = await storesWithNewHours(db, rows)
      await upsertPlaces(db, rows)
      const { touched, ...counts } = await upsertTerminalRows(db, rows)
      await noteStores(
        db,
        stores.map(({ id }) => id),
      )
      await noteTerminals(db, touched)
      await recordAudit(db, by, auditEntriesOf(before, await look()))
      return counts
    }),
  )
}

function auditEntriesOf(before: MasterData[], after: MasterData[]): AuditEntry[] {
  const known = new Map(before.map((row) => [row.id, row]))
  return after.flatMap((row): AuditEntry[] => {
    const { id, serial, ...values } = row
    const subject = { kind: "terminal", id, name: serial }
    const old = known.get(id)
    if (!old) return [{ action: "terminal.added", subject, after: values }]
    const changed = changedFields(old, row)
    return changed ? [{ action: "terminal.changed", subject, ...changed }] : []
  })
}
