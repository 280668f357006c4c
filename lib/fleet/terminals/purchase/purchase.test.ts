import { describe, expect, test } from "vitest"
import {
  noPurchase,
  refusePurchase,
  changedPurchase,
  warrantyBasis,
  warrantyByTerms,
  type Purchase,
} from "@/lib/fleet/terminals/purchase/purchase"

const seller = (warrantyMonths: number | null, name = "Harbour") => ({ name, warrantyMonths })
const bought: Purchase = { supplier: seller(24), boughtOn: "2025-03-01", warrantyUntil: "2027-03-01" }

describe("warrantyByTerms", () => {
  test.each([
    ["2025-01-15", 12, "2026-01-15"],
    ["2026-01-31", 1, "2026-02-28"],
    ["2028-01-31", 1, "2028-02-29"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 48, "2028-02-29"],
    ["2025-08-31", 6, "2026-02-28"],
    ["2025-12-31", 2, "2026-02-28"],
    ["2025-05-05", 0, "2025-05-05"],
  ])("bought on %s with %i months ends on %s", (boughtOn, months, until) => {
    expect(warrantyByTerms({ supplier: seller(months), boughtOn })).toBe(until)
  })
  test("is null without the months, the supplier or the day", () => {
    expect(warrantyByTerms({ supplier: seller(null), boughtOn: "2025-01-15" })).toBeNull()
    expect(warrantyByTerms({ supplier: null, boughtOn: "2025-01-15" })).toBeNull()
    expect(warrantyByTerms({ supplier: seller(12), boughtOn: null })).toBeNull()
  })
})

describe("changedPurchase", () => {
  test("gives a new purchase the supplier's warranty, or the one that is entered", () => {
    expect(changedPurchase(noPurchase, { supplier: seller(24), boughtOn: "2025-03-01" })).toEqual(bought)
    const entered = changedPurchase(noPurchase, {
      supplier: seller(24),
      boughtOn: "2025-03-01",
      warrantyUntil: "2030-01-01",
    })
    expect([entered.warrantyUntil, warrantyBasis(entered), warrantyBasis(bought)]).toEqual([
      "2030-01-01",
      "entered",
      "computed",
    ])
  })
  test("recomputes a computed warranty for another day or supplier", () => {
    expect(changedPurchase(bought, { boughtOn: "2025-04-30" }).warrantyUntil).toBe("2027-04-30")
    expect(changedPurchase(bought, { supplier: seller(12, "Other") }).warrantyUntil).toBe("2026-03-01")
    expect(changedPurchase(bought, { supplier: seller(null, "Other") }).warrantyUntil).toBeNull()
    expect(changedPurchase(bought, { boughtOn: null }).warrantyUntil).toBeNull()
  })
  test("keeps an entered warranty until it is cleared", () => {
    const entered = { ...bought, warrantyUntil: "2030-01-01" }
    expect(
      changedPurchase(entered, { boughtOn: "2025-04-30", supplier: seller(12, "Other") }).warrantyUntil,
    ).toBe("2030-01-01")
    expect(changedPurchase(entered, { warrantyUntil: null }).warrantyUntil).toBe("2027-03-01")
  })
  test("changes nothing if the same values come again, even with other months of the supplier", () => {
    const sameValues = { supplier: seller(36), boughtOn: "2025-03-01" }
    expect(changedPurchase({ ...bought, supplier: seller(36) }, sameValues).warrantyUntil).toBe("2027-03-01")
    expect(changedPurchase({ ...sameValues, warrantyUntil: null }, sameValues).warrantyUntil).toBeNull()
  })
  test("refuses a warranty that ends before the purchase", () => {
    expect(refusePurchase({ ...bought, warrantyUntil: "2025-02-28" })).toContain(
      "before the purchase on 2025-03-01",
    )
    expect(refusePurchase({ ...bought, warrantyUntil: "2025-03-01" })).toBeNull()
    expect(refusePurchase({ ...bought, boughtOn: null })).toBeNull()
  })
})
