import { handler } from "@/lib/http/handler"
import { cancelImport } from "@/lib/imports/cancel-import"
import { ImportId, ImportRun } from "@/lib/imports/schemas"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  answer: ImportRun,
  run: ({ actor, params }) => cancelImport({ actor, importId: params.id }),
})
