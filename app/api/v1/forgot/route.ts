import { requestReset } from "@/lib/access/account-links/request-reset"
import { ResetRequest, ResetRequested } from "@/lib/access/account-links/schemas"
import { handler } from "@/lib/access/routes/handler"

export const POST = handler({
  may: null,
  allowance: "forgot",
  body: ResetRequest,
  answer: ResetRequested,
  run: ({ body }) => requestReset(body),
})
