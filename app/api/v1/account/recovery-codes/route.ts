import { renewRecoveryCodes } from "@/lib/access/account/renew-recovery-codes"
import { PasswordGiven, RecoveryCodes } from "@/lib/access/account/schemas"
import { handler } from "@/lib/access/routes/handler"

export const POST = handler({
  may: "account",
  body: PasswordGiven,
  answer: RecoveryCodes,
  run: ({ actor, body }) => renewRecoveryCodes({ actor, ...body }),
})
