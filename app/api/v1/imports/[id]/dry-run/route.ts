import { handler } from "@/lib/http/handler"
import { ImportId, ImportRun, MappingRequest } from "@/lib/imports/schemas"
import { dryRunImport } from "@/lib/imports/start-import"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  body: MappingRequest,
  answer: ImportRun,
  run: ({ actor, params, body }) => dryRunImport({ actor, importId: params.id, profile: body.profile }),
})
