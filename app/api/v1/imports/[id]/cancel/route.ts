import { handler } from "@/lib/access/routes/handler"
import { cancelImport } from "@/lib/intake/imports/runs/cancel-import"
import { ImportId, ImportRun } from "@/lib/intake/imports/runs/schemas"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  answer: ImportRun,
  run: ({ actor, params }) => cancelImport({ actor, importId: params.id }),
})
