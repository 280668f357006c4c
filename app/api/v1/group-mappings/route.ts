import { handler } from "@/lib/http/handler"
import { listMappings, saveMapping } from "@/lib/sign-on/group-mappings"
import { GroupMapping, GroupMappings, MappingRequest } from "@/lib/sign-on/schemas"

export const GET = handler({ may: "users:manage", answer: GroupMappings, run: listMappings })

export const PUT = handler({
  may: "users:manage",
  body: MappingRequest,
  answer: GroupMapping,
  run: ({ actor, body }) => saveMapping({ actor, ...body }),
})
