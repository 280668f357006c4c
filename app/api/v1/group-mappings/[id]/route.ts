import { handler } from "@/lib/access/routes/handler"
import { removeMapping } from "@/lib/access/sign-on/group-mappings"
import { MappingId } from "@/lib/access/sign-on/schemas"

export const DELETE = handler({
  may: "users:manage",
  params: MappingId,
  answer: MappingId,
  run: ({ actor, params }) => removeMapping({ actor, ...params }),
})
