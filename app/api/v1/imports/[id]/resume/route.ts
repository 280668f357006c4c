import { handler } from "@/lib/access/routes/handler"
import { ImportId, ImportRun } from "@/lib/intake/imports/runs/schemas"
import { resumeImport } from "@/lib/intake/imports/runs/start-import"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  answer: ImportRun,
  run: ({ actor, params }) => resumeImport({ actor, importId: params.id }),
})
