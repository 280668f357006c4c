import { handler } from "@/lib/access/routes/handler"
import { deleteMerchant } from "@/lib/fleet/merchants/delete-merchant"
import { getMerchant } from "@/lib/fleet/merchants/list-merchants"
import { changeMerchant } from "@/lib/fleet/merchants/save-merchant"
import { Merchant, MerchantChange } from "@/lib/fleet/merchants/schemas"
import { PlaceId } from "@/lib/fleet/stores/fields"

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
