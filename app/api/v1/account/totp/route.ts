import { beginTotp } from "@/lib/account/begin-totp"
import { confirmTotp } from "@/lib/account/confirm-totp"
import { disableTotp } from "@/lib/account/disable-totp"
import { CodeGiven, PasswordGiven } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

export const POST = handler({ may: "account", body: PasswordGiven, run: ({ actor, body }) => beginTotp({ actor, ...body }) })

export const PUT = handler({ may: "account", body: CodeGiven, run: ({ actor, body }) => confirmTotp({ actor, ...body }) })

export const DELETE = handler({ may: "account", body: PasswordGiven, run: ({ actor, body }) => disableTotp({ actor, ...body }) })
