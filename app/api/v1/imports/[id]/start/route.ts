import { handler } from "@/lib/access/routes/handler"
import { ImportId, ImportRun, MappingRequest } from "@/lib/intake/imports/runs/schemas"
import { startImport } from "@/lib/intake/imports/runs/start-import"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  body: MappingRequest,
  answer: ImportRun,
  run: ({ actor, params, body }) => startImport({ actor, importId: params.id, profile: body.profile }),
})
