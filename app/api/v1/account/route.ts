import { getAccount } from "@/lib/access/account/get-account"
import { renameAccount } from "@/lib/access/account/rename-account"
import { Account, AccountChange } from "@/lib/access/account/schemas"
import { handler } from "@/lib/access/routes/handler"

export const GET = handler({ may: "account", answer: Account, run: ({ actor }) => getAccount({ actor }) })

export const PATCH = handler({
  may: "account",
  body: AccountChange,
  answer: Account,
  run: ({ actor, body }) => renameAccount({ actor, ...body }),
})
