import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import type { Store, StorePage, StoreQuery } from "@/lib/fleet/stores/schemas"
import { countStores, storeById, storePage } from "@/lib/fleet/stores/sql"

const list = "stores by name"
const Cursor = z.tuple([z.string(), z.int()])

/** Lists the stores in the actor's reach, sorted by name. */
export async function listStores({ actor, query }: { actor: Actor; query: StoreQuery }): Promise<StorePage> {
  requirePermission(actor, "fleet:read")
  const after = query.cursor === undefined ? null : decodeCursor(list, query.cursor, Cursor)
  return inOrganisation(actor, async (db) => {
    const rows = await storePage(db, { ...query, after })
    const [counted] = await countStores(db, query)
    const data = rows.slice(0, query.limit)
    const last = data.at(-1)
    return {
      data,
      nextCursor: rows.length > data.length && last ? encodeCursor(list, [last.name, last.id]) : null,
      total: counted?.count ?? 0,
    }
  })
}

export async function getStore({ actor, storeId }: { actor: Actor; storeId: number }): Promise<Store> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, (db) => storeOrThrow(db, storeId))
}

export async function storeOrThrow(db: Db, storeId: number): Promise<Store> {
  const [store] = await storeById(db, storeId)
  if (!store) throw new AppError("not_found", "This store does not exist.")
  return store
}
