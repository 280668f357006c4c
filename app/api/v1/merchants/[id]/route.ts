import { handler } from "@/lib/http/handler"
import { deleteMerchant } from "@/lib/merchants/delete-merchant"
import { getMerchant } from "@/lib/merchants/list-merchants"
import { changeMerchant } from "@/lib/merchants/save-merchant"
import { Merchant, MerchantChange } from "@/lib/merchants/schemas"
import { PlaceId } from "@/lib/stores/fields"

export const GET = handler({
  may: "fleet:read",
  params: PlaceId,
  answer: Merchant,
  run: ({ actor, params }) => getMerchant({ actor, merchantId: params.id }),
})

export const PATCH = handler({
  may: "catalogue:write",
  params: PlaceId,
  body: MerchantChange,
  answer: Merchant,
  run: ({ actor, params, body }) => changeMerchant({ actor, merchantId: params.id, change: body }),
})

export const DELETE = handler({
  may: "catalogue:write",
  params: PlaceId,
  answer: Merchant,
  run: ({ actor, params }) => deleteMerchant({ actor, merchantId: params.id }),
})
