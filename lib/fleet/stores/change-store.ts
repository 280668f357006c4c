import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { addJob, recountAttempts } from "@/lib/base/jobs/add-job"
import { noteStores } from "@/lib/fleet/changes/note-changes"
import { storeOrThrow } from "@/lib/fleet/stores/list-stores"
import { refuseTaken } from "@/lib/fleet/stores/refuse-taken"
import type { Store, StoreChange } from "@/lib/fleet/stores/schemas"
import { lockStore, updateStore, type StoreValues } from "@/lib/fleet/stores/sql"
import { auditEntryOf, storeValues } from "@/lib/fleet/stores/values"

type ChangeStore = { actor: Actor; storeId: number; change: StoreChange }

/**
 * Changes the given fields. A new time zone applies from now on. Days whose raw rows still exist are
 * recounted in the background; older days stay as they were counted.
 */
export async function changeStore({
  actor,
  storeId,
  change: { recount = false, ...change },
}: ChangeStore): Promise<Store> {
  requirePermission(actor, "inventory:write")
  return refuseTaken("store", () =>
    inOrganisation(actor, async (db) => {
      await lockStore(db, storeId)
      const old = await storeOrThrow(db, storeId)
      const values = await storeValues(db, { before: old, change })
      requireMayChange({ actor, old, values, recount })
      await updateStore(db, storeId, values)
      const store = await storeOrThrow(db, storeId)
      const changed = changedFields(auditEntryOf(old), auditEntryOf(store))
      if (changed) {
        await noteStores(db, [storeId])
        await recordAudit(db, actor, [
          {
            action: actionOf(old, store),
            subject: { kind: "store", id: storeId, name: store.name },
            ...changed,
          },
        ])
      }
      if (old.timeZone !== store.timeZone && old.hasHistory) {
        await addJob(
          db,
          "recountStore",
          { orgId: actor.orgId, storeId },
          { key: `recountStore ${storeId}`, attempts: recountAttempts },
        )
      }
      return store
    }),
  )
}

function requireMayChange({
  actor,
  old,
  values,
  recount,
}: {
  actor: Actor
  old: Store
  values: StoreValues
  recount: boolean
}): void {
  // Who sees the store depends on its merchant and region, so moving it needs access to all stores.
  if ((old.merchant?.id ?? null) !== values.merchantId || (old.region?.id ?? null) !== values.regionId)
    requirePermission(actor, "catalogue:write")
  if (old.isUnassigned && (values.closedOn !== null || values.code !== old.code)) {
    throw new AppError(
      "conflict",
      "This is the store of unassigned terminals. It keeps its code and stays open.",
      { reason: "unassigned" },
    )
  }
  if (values.timeZone !== old.timeZone && old.hasHistory && !recount) {
    throw new AppError(
      "conflict",
      "Terminals are or were in this store, and its days are counted in its time zone. Send recount: true " +
        "to recount the days whose raw data is kept. Older days stay as they are.",
      { field: "timeZone", reason: "recount" },
    )
  }
}

const actionOf = (before: Store, after: Store) =>
  (before.closedOn === null) === (after.closedOn === null)
    ? "store.changed"
    : after.closedOn === null
      ? "store.reopened"
      : "store.closed"
