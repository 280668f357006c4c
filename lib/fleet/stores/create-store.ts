import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { storeOrThrow } from "@/lib/fleet/stores/list-stores"
import { refuseTaken } from "@/lib/fleet/stores/refuse-taken"
import type { NewStore, Store } from "@/lib/fleet/stores/schemas"
import { insertStore } from "@/lib/fleet/stores/sql"
import { auditEntryOf, storeValues } from "@/lib/fleet/stores/values"

/** Adds a store. Needs access to all stores. */
export async function createStore({
  actor,
  store: change,
}: {
  actor: Actor
  store: NewStore
}): Promise<Store> {
  requirePermission(actor, "catalogue:write")
  return refuseTaken("store", () =>
    inOrganisation(actor, async (db) => {
      const [made] = await insertStore(db, await storeValues(db, { before: null, change }))
      if (!made) throw new Error("the organisation no longer exists")
      const store = await storeOrThrow(db, made.id)
      await recordAudit(db, actor, [
        {
          action: "store.created",
          subject: { kind: "store", id: store.id, name: store.name },
          after: auditEntryOf(store),
        },
      ])
      return store
    }),
  )
}
