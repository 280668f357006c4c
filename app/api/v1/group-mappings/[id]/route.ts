import { handler } from "@/lib/http/handler"
import { removeMapping } from "@/lib/sign-on/group-mappings"
import { MappingId } from "@/lib/sign-on/schemas"

export const DELETE = handler({
  may: "users:manage",
  params: MappingId,
  answer: MappingId,
  run: ({ actor, params }) => removeMapping({ actor, ...params }),
})
