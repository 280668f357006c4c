import { handler } from "@/lib/http/handler"
import { listProfiles, saveProfile } from "@/lib/imports/list-profiles"
import { MappingRequest } from "@/lib/imports/schemas"

export const GET = handler({ auth: "read", run: listProfiles })

export const PUT = handler({ auth: "ingest", body: MappingRequest, run: ({ actor, body }) => saveProfile({ actor, profile: body.profile }) })
