import { handler } from "@/lib/access/routes/handler"
import { getImport } from "@/lib/intake/imports/runs/get-import"
import { ImportDetail, ImportId } from "@/lib/intake/imports/runs/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  answer: ImportDetail,
  run: ({ actor, params }) => getImport({ actor, importId: params.id }),
})
