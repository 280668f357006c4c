import { handler } from "@/lib/http/handler"
import { rotateKey } from "@/lib/keys/rotate-key"
import { KeyId, MadeKey, Rotation } from "@/lib/keys/schemas"

export const POST = handler({
  may: "keys:manage",
  params: KeyId,
  body: Rotation,
  answer: MadeKey,
  run: ({ actor, params, body }) => rotateKey({ actor, id: params.id, rotation: body }),
})
