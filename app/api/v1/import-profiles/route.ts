import { handler } from "@/lib/http/handler"
import { listProfiles, saveProfile } from "@/lib/imports/list-profiles"
import { ImportProfile, ImportProfiles, MappingRequest } from "@/lib/imports/schemas"

export const GET = handler({ may: "imports:read", answer: ImportProfiles, run: listProfiles })

export const PUT = handler({
  may: "imports:write",
  body: MappingRequest,
  answer: ImportProfile,
  run: ({ actor, body }) => saveProfile({ actor, profile: body.profile }),
})
