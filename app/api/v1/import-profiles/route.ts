import { handler } from "@/lib/http/handler"
import { listProfiles, saveProfile } from "@/lib/imports/list-profiles"
import { MappingRequest } from "@/lib/imports/schemas"

export const GET = handler({ may: "imports:read", run: listProfiles })

export const PUT = handler({ may: "imports:write", body: MappingRequest, run: ({ actor, body }) => saveProfile({ actor, profile: body.profile }) })
