import { beginTotp } from "@/lib/access/account/begin-totp"
import { confirmTotp } from "@/lib/access/account/confirm-totp"
import { disableTotp } from "@/lib/access/account/disable-totp"
import { Account, CodeGiven, PasswordGiven, RecoveryCodes, TotpSetUp } from "@/lib/access/account/schemas"
import { handler } from "@/lib/access/routes/handler"

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
