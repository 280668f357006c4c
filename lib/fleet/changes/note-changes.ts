import type { Db } from "@/lib/base/db/transaction"
import { insertChanges, insertStoresOf, type WideKind } from "@/lib/fleet/changes/sql"

// Online states and flags depend on master data. A verb that changes it notes in its own transaction whose
// terminals are to be looked at again, and the worker does so within seconds.

const note = async (db: Db, kind: "terminal" | "store" | "model", ids: readonly number[]): Promise<void> => {
  const distinct = [...new Set(ids)]
  if (distinct.length > 0) await insertChanges(db, kind, distinct)
}

/** New terminals, or terminals with another store, status, TID or model. */
export const noteTerminals = (db: Db, ids: readonly number[]): Promise<void> => note(db, "terminal", ids)

/** Stores with other hours, another zone or another day of closure. */
export const noteStores = (db: Db, ids: readonly number[]): Promise<void> => note(db, "store", ids)

/** A model with another name, approval, release or policy of releases. Null for all models. */
export const noteModel = (db: Db, id: number | null): Promise<unknown> =>
  id === null ? insertChanges(db, "organisation", [0]) : note(db, "model", [id])

/** All stores of a place, or that store. */
export const noteStoresOf = (db: Db, kind: WideKind, id: number): Promise<unknown> =>
  insertStoresOf(db, kind, id)
