import { handler } from "@/lib/http/handler"
import { previewImport } from "@/lib/imports/preview-import"
import { ImportId, MappingRequest, Preview } from "@/lib/imports/schemas"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  body: MappingRequest,
  answer: Preview,
  run: ({ actor, params, body }) => previewImport({ actor, importId: params.id, profile: body.profile }),
})
