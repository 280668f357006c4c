import { askForReset } from "@/lib/account-links/ask-for-reset"
import { Forgot, Forgotten } from "@/lib/account-links/schemas"
import { handler } from "@/lib/http/handler"

export const POST = handler({
  may: null,
  allowance: "forgot",
  body: Forgot,
  answer: Forgotten,
  run: ({ body }) => askForReset(body),
})
