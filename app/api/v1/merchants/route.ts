import { handler } from "@/lib/http/handler"
import { listMerchants } from "@/lib/merchants/list-merchants"
import { createMerchant } from "@/lib/merchants/save-merchant"
import { Merchant, MerchantPage, MerchantQuery, NewMerchant } from "@/lib/merchants/schemas"

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
