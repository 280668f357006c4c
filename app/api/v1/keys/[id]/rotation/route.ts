import { handler } from "@/lib/http/handler"
import { rotateKey } from "@/lib/keys/rotate-key"
import { KeyId, Rotation } from "@/lib/keys/schemas"

export const POST = handler({
  may: "keys:manage", params: KeyId, body: Rotation,
  run: ({ actor, params, body }) => rotateKey({ actor, id: params.id, rotation: body }),
})
