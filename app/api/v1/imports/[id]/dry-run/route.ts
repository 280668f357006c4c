import { handler } from "@/lib/access/routes/handler"
import { ImportId, ImportRun, MappingRequest } from "@/lib/intake/imports/runs/schemas"
import { dryRunImport } from "@/lib/intake/imports/runs/start-import"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  body: MappingRequest,
  answer: ImportRun,
  run: ({ actor, params, body }) => dryRunImport({ actor, importId: params.id, profile: body.profile }),
})
