import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { countRows } from "@/lib/base/pages/count"
import { readPage } from "@/lib/base/pages/read-page"
import type { Merchant, MerchantPage, MerchantQuery } from "@/lib/fleet/merchants/schemas"
import { allMerchants, merchantById, merchantOrder, merchantPage } from "@/lib/fleet/merchants/sql"

/**
 * Lists merchants by name. An actor with a limited reach gets the merchants of their stores, and counts
 * only these.
 */
export async function listMerchants({
  actor,
  query: { cursor, limit, ...filters },
}: {
  actor: Actor
  query: MerchantQuery
}): Promise<MerchantPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(merchantOrder, { cursor, limit }, (slice) =>
      merchantPage(db, filters, slice),
    )
    return { data: rows, ...links, ...(await countRows(db, allMerchants(filters))) }
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
