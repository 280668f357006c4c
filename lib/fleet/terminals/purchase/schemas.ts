import { z } from "zod"
import { PurchaseDay } from "@/lib/fleet/terminals/schemas"

/**
 * Whom it was bought from, when, and until when its warranty lasts: as the supplier's months say where that
 * is left out.
 */
export const purchaseFields = {
  supplierId: z.number().int().positive().nullable().optional(),
  boughtOn: PurchaseDay.nullable().optional(),
  warrantyUntil: PurchaseDay.nullable().optional(),
}
const PurchaseFields = z.object(purchaseFields)
export type PurchaseFields = z.infer<typeof PurchaseFields>
