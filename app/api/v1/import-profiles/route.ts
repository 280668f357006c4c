import { handler } from "@/lib/access/routes/handler"
import { listProfiles, saveProfile } from "@/lib/intake/imports/mapping/list-profiles"
import { ImportProfile, ImportProfiles } from "@/lib/intake/imports/mapping/schemas"
import { MappingRequest } from "@/lib/intake/imports/runs/schemas"

export const GET = handler({ may: "imports:read", answer: ImportProfiles, run: listProfiles })

export const PUT = handler({
  may: "imports:write",
  body: MappingRequest,
  answer: ImportProfile,
  run: ({ actor, body }) => saveProfile({ actor, profile: body.profile }),
})
