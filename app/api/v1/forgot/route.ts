import { askForReset } from "@/lib/access/account-links/ask-for-reset"
import { Forgot, Forgotten } from "@/lib/access/account-links/schemas"
import { handler } from "@/lib/access/routes/handler"

export const POST = handler({
  may: null,
  allowance: "forgot",
  body: Forgot,
  answer: Forgotten,
  run: ({ body }) => askForReset(body),
})
