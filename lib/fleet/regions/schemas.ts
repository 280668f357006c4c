import { z } from "zod"
import { pageLinks, pageTotal } from "@/lib/base/pages/schemas"
import { writtenId } from "@/lib/base/text/fields"
import { code, listed, name, Named } from "@/lib/fleet/stores/fields"

const fields = z.strictObject({ name, code: code.nullable() })

export const NewRegion = fields.partial().required({ name: true }).extend({ merchantId: z.int().positive() })
export type NewRegion = z.infer<typeof NewRegion>

export const RegionChange = fields.partial()
export type RegionChange = z.infer<typeof RegionChange>

export const Region = z.object({
  id: z.number(),
  name: z.string(),
  code: z.string().nullable(),
  merchant: Named,
  stores: z.number(),
  terminals: z.number(),
})
export type Region = z.infer<typeof Region>

export const RegionQuery = z.strictObject({
  ...listed,
  merchant: writtenId.optional(),
})
export type RegionQuery = z.infer<typeof RegionQuery>

export const RegionPage = z.object({ data: z.array(Region), ...pageLinks, ...pageTotal })
export type RegionPage = z.infer<typeof RegionPage>
