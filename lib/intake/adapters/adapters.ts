import { z } from "zod"
import { adyenManagement } from "@/lib/intake/adapters/adyen-management"
import { nexo } from "@/lib/intake/adapters/nexo"
import { paxstore } from "@/lib/intake/adapters/paxstore"
import type { Adapter } from "@/lib/intake/adapters/reading"
import { stripe } from "@/lib/intake/adapters/stripe"

export const vendors = ["paxstore", "adyen-management", "nexo", "stripe"] as const
export type Vendor = (typeof vendors)[number]

export const VendorParams = z.strictObject({
  vendor: z.enum(vendors, { error: `one of ${vendors.join(", ")}` }),
})

export const adapters: Record<Vendor, Adapter> = {
  paxstore,
  "adyen-management": adyenManagement,
  nexo,
  stripe,
}
