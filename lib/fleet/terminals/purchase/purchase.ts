import { addMonths, type Day } from "@/lib/base/time/zone"

/** A supplier and its months of warranty. */
export type Seller = { name: string; warrantyMonths: number | null }

export type Purchase = { supplier: Seller | null; boughtOn: Day | null; warrantyUntil: Day | null }
export const noPurchase: Purchase = { supplier: null, boughtOn: null, warrantyUntil: null }

/**
 * Changes of a purchase. Undefined keeps a field, null clears it. A null `warrantyUntil` follows the
 * supplier's months.
 */
export type PurchaseChange = { [Field in keyof Purchase]?: Purchase[Field] | undefined }

/** The last day of the warranty by the supplier's months. */
export const warrantyByTerms = ({
  supplier,
  boughtOn,
}: Pick<Purchase, "supplier" | "boughtOn">): Day | null =>
  boughtOn === null || supplier === null || supplier.warrantyMonths === null
    ? null
    : addMonths(boughtOn, supplier.warrantyMonths)

/** Whether the supplier's months give the end of the warranty, or somebody entered it. */
export function warrantyBasis(purchase: Purchase): "computed" | "entered" | null {
  if (purchase.warrantyUntil === null) return null
  return purchase.warrantyUntil === warrantyByTerms(purchase) ? "computed" : "entered"
}

/**
 * The purchase after a change. An entered end of warranty stays until it is changed. A computed one follows
 * the supplier and the day of purchase.
 */
export function changedPurchase(before: Purchase, change: PurchaseChange): Purchase {
  const supplier = change.supplier === undefined ? before.supplier : change.supplier
  const boughtOn = change.boughtOn === undefined ? before.boughtOn : change.boughtOn
  const isAnother = supplier?.name !== before.supplier?.name || boughtOn !== before.boughtOn
  const follows =
    change.warrantyUntil === null ||
    (change.warrantyUntil === undefined && isAnother && warrantyBasis(before) !== "entered")
  return {
    supplier,
    boughtOn,
    warrantyUntil: follows
      ? warrantyByTerms({ supplier, boughtOn })
      : (change.warrantyUntil ?? before.warrantyUntil),
  }
}

/** Why the purchase is refused, or null. */
export const refusePurchase = ({ boughtOn, warrantyUntil }: Purchase): string | null =>
  boughtOn !== null && warrantyUntil !== null && warrantyUntil < boughtOn
    ? `The warranty would end on ${warrantyUntil}, before the purchase on ${boughtOn}.`
    : null
