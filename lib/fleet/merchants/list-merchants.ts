import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { countRows } from "@/lib/base/pages/count"
import { readPage } from "@/lib/base/pages/read-page"
import { keptCounts, withCounts } from "@/lib/fleet/catalogue/kept-counts"
import type { Merchant, MerchantPage, MerchantQuery } from "@/lib/fleet/merchants/schemas"
import { allMerchants, merchantById, merchantOrder, merchantPage } from "@/lib/fleet/merchants/sql"
import { storesBy, type StoreCounts } from "@/lib/fleet/stores/stores-by"

const countStores = keptCounts((db) => storesBy(db, "merchant"))
const none = { stores: 0, terminals: 0 }

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
    const data = withCounts(rows, await countStores(db, actor), none)
    return { data, ...links, ...(await countRows(db, allMerchants(filters))) }
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
  return inOrganisation(actor, async (db) => merchantOrThrow(db, merchantId, await countStores(db, actor)))
}

/** The merchant, with counts that are known already, or those of this moment. */
export async function merchantOrThrow(db: Db, merchantId: number, known?: StoreCounts[]): Promise<Merchant> {
  const counted = known ?? (await storesBy(db, "merchant", merchantId))
  const [merchant] = withCounts(await merchantById(db, merchantId), counted, none)
  if (!merchant) throw new AppError("not_found", "This merchant does not exist.")
  return merchant
}
