import { createKey } from "@/lib/access/keys/create-key"
import { listKeys } from "@/lib/access/keys/list-keys"
import { ApiKeys, MadeKey, NewKey } from "@/lib/access/keys/schemas"
import { handler } from "@/lib/access/routes/handler"

export const GET = handler({ may: "keys:manage", answer: ApiKeys, run: listKeys })

export const POST = handler({
  may: "keys:manage",
  body: NewKey,
  answer: MadeKey,
  run: ({ actor, body }) => createKey({ actor, key: body }),
})
