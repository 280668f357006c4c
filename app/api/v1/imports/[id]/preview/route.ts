import { handler } from "@/lib/access/routes/handler"
import { previewImport } from "@/lib/intake/imports/runs/preview-import"
import { ImportId, MappingRequest, Preview } from "@/lib/intake/imports/runs/schemas"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  body: MappingRequest,
  answer: Preview,
  run: ({ actor, params, body }) => previewImport({ actor, importId: params.id, profile: body.profile }),
})
