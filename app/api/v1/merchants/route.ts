import { handler } from "@/lib/access/routes/handler"
import { listMerchants } from "@/lib/fleet/merchants/list-merchants"
import { createMerchant } from "@/lib/fleet/merchants/save-merchant"
import { Merchant, MerchantPage, MerchantQuery, NewMerchant } from "@/lib/fleet/merchants/schemas"

export const GET = handler({
  may: "fleet:read",
  query: MerchantQuery,
  answer: MerchantPage,
  run: listMerchants,
})

export const POST = handler({
  may: "catalogue:write",
  body: NewMerchant,
  answer: Merchant,
  run: ({ actor, body }) => createMerchant({ actor, merchant: body }),
})
