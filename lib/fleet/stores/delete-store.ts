import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { storeOrThrow } from "@/lib/fleet/stores/list-stores"
import type { Store } from "@/lib/fleet/stores/schemas"
import { deleteStoreRow, lockStore } from "@/lib/fleet/stores/sql"
import { auditEntryOf } from "@/lib/fleet/stores/values"

/**
 * Deletes a store in which no terminal ever was. Other stores are closed instead, and keep their history.
 */
export async function deleteStore({ actor, storeId }: { actor: Actor; storeId: number }): Promise<Store> {
  requirePermission(actor, "catalogue:write")
  return inOrganisation(actor, async (db) => {
    await lockStore(db, storeId)
    const store = await storeOrThrow(db, storeId)
    if (store.isUnassigned)
      throw new AppError("conflict", "Unassigned terminals need this store.", {
        reason: "unassigned",
      })
    if (store.hasHistory)
      throw new AppError(
        "conflict",
        "Terminals are or were in this store, so its history is kept. Close it instead.",
        { reason: "in_use" },
      )
    await deleteStoreRow(db, storeId)
    await recordAudit(db, actor, [
      {
        action: "store.deleted",
        subject: { kind: "store", id: storeId, name: store.name },
        before: auditEntryOf(store),
      },
    ])
    return store
  })
}
