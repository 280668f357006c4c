import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import type { Merchant, MerchantPage, MerchantQuery } from "@/lib/fleet/merchants/schemas"
import { merchantById, merchantPage } from "@/lib/fleet/merchants/sql"

const list = "merchants by name"
const Cursor = z.tuple([z.string(), z.int()])

/**
 * Lists merchants by name. An actor with a limited reach gets the merchants of their stores, and counts
 * only these.
 */
export async function listMerchants({
  actor,
  query,
}: {
  actor: Actor
  query: MerchantQuery
}): Promise<MerchantPage> {
  requirePermission(actor, "fleet:read")
  const after = query.cursor === undefined ? null : decodeCursor(list, query.cursor, Cursor)
  return inOrganisation(actor, async (db) => {
    const rows = await merchantPage(db, { ...query, after })
    const data = rows.slice(0, query.limit)
    const last = data.at(-1)
    return {
      data,
      nextCursor: rows.length > data.length && last ? encodeCursor(list, [last.name, last.id]) : null,
    }
  })
}

export async function getMerchant({
  actor,
  merchantId,
}: {
  actor: Actor
  merchantId: number
}): Promise<Merchant> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, (db) => merchantOrThrow(db, merchantId))
}

export async function merchantOrThrow(db: Db, merchantId: number): Promise<Merchant> {
  const [merchant] = await merchantById(db, merchantId)
  if (!merchant) throw new AppError("not_found", "This merchant does not exist.")
  return merchant
}
