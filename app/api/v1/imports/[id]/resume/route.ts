import { handler } from "@/lib/http/handler"
import { ImportId, ImportRun } from "@/lib/imports/schemas"
import { resumeImport } from "@/lib/imports/start-import"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  answer: ImportRun,
  run: ({ actor, params }) => resumeImport({ actor, importId: params.id }),
})
