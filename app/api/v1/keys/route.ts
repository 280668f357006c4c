import { handler } from "@/lib/http/handler"
import { createKey } from "@/lib/keys/create-key"
import { listKeys } from "@/lib/keys/list-keys"
import { ApiKeys, MadeKey, NewKey } from "@/lib/keys/schemas"

export const GET = handler({ may: "keys:manage", answer: ApiKeys, run: listKeys })

export const POST = handler({
  may: "keys:manage",
  body: NewKey,
  answer: MadeKey,
  run: ({ actor, body }) => createKey({ actor, key: body }),
})
