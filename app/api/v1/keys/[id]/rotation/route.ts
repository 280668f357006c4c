import { rotateKey } from "@/lib/access/keys/rotate-key"
import { KeyId, MadeKey, Rotation } from "@/lib/access/keys/schemas"
import { handler } from "@/lib/access/routes/handler"

export const POST = handler({
  may: "keys:manage",
  params: KeyId,
  body: Rotation,
  answer: MadeKey,
  run: ({ actor, params, body }) => rotateKey({ actor, id: params.id, rotation: body }),
})
