import { handler } from "@/lib/http/handler"
import { ImportId, ImportRun, MappingRequest } from "@/lib/imports/schemas"
import { startImport } from "@/lib/imports/start-import"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  body: MappingRequest,
  answer: ImportRun,
  run: ({ actor, params, body }) => startImport({ actor, importId: params.id, profile: body.profile }),
})
