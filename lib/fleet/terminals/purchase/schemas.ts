import { z } from "zod"
import { PurchaseDay } from "@/lib/fleet/terminals/schemas"

/** Supplier, day of purchase and end of warranty. A missing end follows the supplier's months. */
export const purchaseFields = {
  supplierId: z.number().int().positive().nullable().optional(),
  boughtOn: PurchaseDay.nullable().optional(),
  warrantyUntil: PurchaseDay.nullable().optional(),
}
const PurchaseFields = z.object(purchaseFields)
export type PurchaseFields = z.infer<typeof PurchaseFields>
