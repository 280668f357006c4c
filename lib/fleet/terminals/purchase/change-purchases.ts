import { changedFields } from "@/lib/access/audit/changed-fields"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import {
  noPurchase,
  refusePurchase,
  changedPurchase,
  type Purchase,
  type PurchaseChange,
  type Seller,
} from "@/lib/fleet/terminals/purchase/purchase"
import {
  currentPurchases,
  sellerById,
  setPurchases,
  type PurchaseRow,
} from "@/lib/fleet/terminals/purchase/purchase-sql"
import type { PurchaseFields } from "@/lib/fleet/terminals/purchase/schemas"

type Bought = Omit<PurchaseRow, "serial">
type Refused = { id: number; serial: string; reason: "warranty_before_purchase"; message: string }
type ChangedTerminal = { id: number; serial: string; before: Partial<Bought>; after: Partial<Bought> }

const bought = ({ supplier, boughtOn, warrantyUntil }: Purchase): Bought => ({
  supplier: supplier?.name ?? null,
  boughtOn,
  warrantyUntil,
})

/** Changes supplier, day of purchase and warranty of terminals. Returns the changes and the refusals. */
export async function changePurchases(
  db: Db,
  terminals: readonly { id: number; serial: string }[],
  fields: PurchaseFields,
): Promise<{ changed: ChangedTerminal[]; refused: Refused[] }> {
  const change = await changeOf(db, fields)
  if (!change) return { changed: [], refused: [] }
  const known = new Map(
    (
      await currentPurchases(
        db,
        terminals.map(({ id }) => id),
      )
    ).map((purchase) => [purchase.id, purchase]),
  )
  const [changed, refused, rows]: [ChangedTerminal[], Refused[], PurchaseRow[]] = [[], [], []]
  for (const { id, serial } of terminals) {
    const before = known.get(id) ?? noPurchase
    const after = changedPurchase(before, change)
    const refusal = refusePurchase(after)
    const fieldsChanged = changedFields(bought(before), bought(after))
    if (refusal) refused.push({ id, serial, reason: "warranty_before_purchase", message: refusal })
    else if (fieldsChanged) {
      changed.push({ id, serial, ...fieldsChanged })
      rows.push({ serial, ...bought(after) })
    }
  }
  if (rows.length > 0) await setPurchases(db, rows)
  return { changed, refused }
}

/** Like `changePurchases` for one terminal. A refusal is an error. */
export async function changePurchase(
  db: Db,
  terminal: { id: number; serial: string },
  fields: PurchaseFields,
): Promise<Pick<ChangedTerminal, "before" | "after">> {
  const {
    changed: [changed],
    refused: [refused],
  } = await changePurchases(db, [terminal], fields)
  if (refused)
    throw new AppError("invalid", refused.message, { field: "warrantyUntil", reason: refused.reason })
  return changed ?? { before: {}, after: {} }
}

/** The change that the fields describe, with the supplier's name. Null if they are empty. */
async function changeOf(
  db: Db,
  { supplierId, boughtOn, warrantyUntil }: PurchaseFields,
): Promise<PurchaseChange | null> {
  if (supplierId === undefined && boughtOn === undefined && warrantyUntil === undefined) return null
  return {
    supplier: supplierId == null ? supplierId : await sellerOrThrow(db, supplierId),
    boughtOn,
    warrantyUntil,
  }
}

async function sellerOrThrow(db: Db, supplierId: number): Promise<Seller> {
  const [seller] = await sellerById(db, supplierId)
  if (!seller) throw new AppError("invalid", "This supplier does not exist.", { field: "supplierId" })
  if (!seller.isSupplier)
    throw new AppError(
      "invalid",
      `${seller.name} is only a manufacturer. Mark it as a supplier under Suppliers.`,
      { field: "supplierId", reason: "not_a_supplier" },
    )
  return seller
}
