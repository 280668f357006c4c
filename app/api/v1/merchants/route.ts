import { handler } from "@/lib/http/handler"
import { listMerchants } from "@/lib/merchants/list-merchants"
import { createMerchant } from "@/lib/merchants/save-merchant"
import { MerchantQuery, NewMerchant } from "@/lib/merchants/schemas"

export const GET = handler({ may: "fleet:read", query: MerchantQuery, run: listMerchants })

export const POST = handler({ may: "catalogue:write", body: NewMerchant, run: ({ actor, body }) => createMerchant({ actor, merchant: body }) })
