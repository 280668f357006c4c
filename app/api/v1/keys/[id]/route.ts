import { handler } from "@/lib/http/handler"
import { changeKey, revokeKey } from "@/lib/keys/change-key"
import { ApiKey, KeyChange, KeyId } from "@/lib/keys/schemas"

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
