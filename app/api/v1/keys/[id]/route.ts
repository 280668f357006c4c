import { changeKey, revokeKey } from "@/lib/access/keys/change-key"
import { ApiKey, KeyChange, KeyId } from "@/lib/access/keys/schemas"
import { handler } from "@/lib/access/routes/handler"

export const PATCH = handler({
  may: "keys:manage",
  params: KeyId,
  body: KeyChange,
  answer: ApiKey,
  run: ({ actor, params, body }) => changeKey({ actor, id: params.id, change: body }),
})

export const DELETE = handler({
  may: "keys:manage",
  params: KeyId,
  answer: ApiKey,
  run: ({ actor, params }) => revokeKey({ actor, id: params.id }),
})
