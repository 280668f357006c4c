import { z } from "zod"
import { pageLinks, pageTotal } from "@/lib/base/pages/schemas"
import { code, contact, listed, name } from "@/lib/fleet/stores/fields"

const fields = z.strictObject({ name, code: code.nullable(), ...contact })

export const NewMerchant = fields.partial().required({ name: true })
export type NewMerchant = z.infer<typeof NewMerchant>

export const MerchantChange = fields.partial()
export type MerchantChange = z.infer<typeof MerchantChange>

export const Merchant = z.object({
  id: z.number(),
  name: z.string(),
  code: z.string().nullable(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
  contactEmail: z.string().nullable(),
  regions: z.number(),
  stores: z.number(),
  terminals: z.number(),
})
export type Merchant = z.infer<typeof Merchant>

export const MerchantQuery = z.strictObject(listed)
export type MerchantQuery = z.infer<typeof MerchantQuery>

export const MerchantPage = z.object({ data: z.array(Merchant), ...pageLinks, ...pageTotal })
export type MerchantPage = z.infer<typeof MerchantPage>
