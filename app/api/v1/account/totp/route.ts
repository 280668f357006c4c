import { beginTotp } from "@/lib/account/begin-totp"
import { confirmTotp } from "@/lib/account/confirm-totp"
import { disableTotp } from "@/lib/account/disable-totp"
import { Account, CodeGiven, PasswordGiven, RecoveryCodes, TotpSetUp } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

export const POST = handler({
  may: "account",
  body: PasswordGiven,
  answer: TotpSetUp,
  run: ({ actor, body }) => beginTotp({ actor, ...body }),
})

export const PUT = handler({
  may: "account",
  body: CodeGiven,
  answer: RecoveryCodes,
  run: ({ actor, body }) => confirmTotp({ actor, ...body }),
})

export const DELETE = handler({
  may: "account",
  body: PasswordGiven,
  answer: Account,
  run: ({ actor, body }) => disableTotp({ actor, ...body }),
})
