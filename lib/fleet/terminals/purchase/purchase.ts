import { addMonths, type Day } from "@/lib/base/time/zone"

/** Whom terminals are bought from, and how many months of warranty that brings. */
export type Seller = { name: string; warrantyMonths: number | null }

export type Purchase = { supplier: Seller | null; boughtOn: Day | null; warrantyUntil: Day | null }
export const nothingBought: Purchase = { supplier: null, boughtOn: null, warrantyUntil: null }

/**
 * What is said of a purchase: undefined leaves it as it is, null takes it away; of the warranty, null is by
 * the supplier's months.
 */
export type PurchaseWords = { [Field in keyof Purchase]?: Purchase[Field] | undefined }

/** The last day of the warranty by the supplier's months. */
export const warrantyByTerms = ({
  supplier,
  boughtOn,
}: Pick<Purchase, "supplier" | "boughtOn">): Day | null =>
  boughtOn === null || supplier === null || supplier.warrantyMonths === null
    ? null
    : addMonths(boughtOn, supplier.warrantyMonths)

/** Whether the end of a warranty is what the supplier's months say. */
export function warrantyBasis(purchase: Purchase): "computed" | "entered" | null {
  if (purchase.warrantyUntil === null) return null
  return purchase.warrantyUntil === warrantyByTerms(purchase) ? "computed" : "entered"
}

/**
 * The purchase by what is said of it now. An end of the warranty that somebody entered stays until another is
 * entered; one that nobody did follows the supplier and the day of purchase when these change.
 */
export function restatedPurchase(before: Purchase, said: PurchaseWords): Purchase {
  const supplier = said.supplier === undefined ? before.supplier : said.supplier
  const boughtOn = said.boughtOn === undefined ? before.boughtOn : said.boughtOn
  const isAnother = supplier?.name !== before.supplier?.name || boughtOn !== before.boughtOn
  const follows =
    said.warrantyUntil === null ||
    (said.warrantyUntil === undefined && isAnother && warrantyBasis(before) !== "entered")
  return {
    supplier,
    boughtOn,
    warrantyUntil: follows
      ? warrantyByTerms({ supplier, boughtOn })
      : (said.warrantyUntil ?? before.warrantyUntil),
  }
}

/** Why the purchase cannot be so; null where it can. */
export const refusePurchase = ({ boughtOn, warrantyUntil }: Purchase): string | null =>
  boughtOn !== null && warrantyUntil !== null && warrantyUntil < boughtOn
    ? `The warranty would end on ${warrantyUntil}, before the purchase on ${boughtOn}.`
    : null
