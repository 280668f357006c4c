import { handler } from "@/lib/access/routes/handler"
import { listMappings, saveMapping } from "@/lib/access/sign-on/group-mappings"
import { GroupMapping, GroupMappings, MappingRequest } from "@/lib/access/sign-on/schemas"

export const GET = handler({ may: "users:manage", answer: GroupMappings, run: listMappings })

export const PUT = handler({
  may: "users:manage",
  body: MappingRequest,
  answer: GroupMapping,
  run: ({ actor, body }) => saveMapping({ actor, ...body }),
})
