import { z } from "zod"
import { contact, optionalText, requiredText } from "@/lib/fleet/catalogue/fields"

const fields = {
  name: requiredText(200),
  isManufacturer: z.boolean().default(false),
  isSupplier: z.boolean().default(false),
  ...contact,
  warrantyMonths: z.number().int().min(0).max(600).nullable().default(null),
  note: optionalText(2000),
}

/** A manufacturer, a supplier of terminals, or both. */
export const SupplierDraft = z
  .strictObject(fields)
  .refine(({ isManufacturer, isSupplier }) => isManufacturer || isSupplier, {
    error: "must be a manufacturer, a supplier or both",
    path: ["isSupplier"],
  })
export type SupplierDraft = z.infer<typeof SupplierDraft>

export const Supplier = z.object({
  id: z.number(),
  name: z.string(),
  isManufacturer: z.boolean(),
  isSupplier: z.boolean(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
  contactEmail: z.string().nullable(),
  warrantyMonths: z.number().nullable(),
  note: z.string().nullable(),
  /** Its models and the terminals bought from it, in the actor's reach. */
  models: z.number(),
  terminals: z.number(),
})
export type Supplier = z.infer<typeof Supplier>

export const SupplierList = z.object({ data: z.array(Supplier) })
export type SupplierList = z.infer<typeof SupplierList>
