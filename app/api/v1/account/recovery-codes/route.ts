import { renewRecoveryCodes } from "@/lib/account/renew-recovery-codes"
import { PasswordGiven, RecoveryCodes } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

export const POST = handler({
  may: "account",
  body: PasswordGiven,
  answer: RecoveryCodes,
  run: ({ actor, body }) => renewRecoveryCodes({ actor, ...body }),
})
