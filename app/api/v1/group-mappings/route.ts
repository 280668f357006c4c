import { handler } from "@/lib/http/handler"
import { listMappings, saveMapping } from "@/lib/sign-on/group-mappings"
import { MappingRequest } from "@/lib/sign-on/schemas"

export const GET = handler({ may: "users:manage", run: listMappings })

export const PUT = handler({ may: "users:manage", body: MappingRequest, run: ({ actor, body }) => saveMapping({ actor, ...body }) })
