import { getAccount } from "@/lib/account/get-account"
import { renameAccount } from "@/lib/account/rename-account"
import { Account, AccountChange } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "account", answer: Account, run: ({ actor }) => getAccount({ actor }) })

export const PATCH = handler({
  may: "account",
  body: AccountChange,
  answer: Account,
  run: ({ actor, body }) => renameAccount({ actor, ...body }),
})
