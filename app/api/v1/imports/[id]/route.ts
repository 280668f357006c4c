import { handler } from "@/lib/http/handler"
import { getImport } from "@/lib/imports/get-import"
import { ImportDetail, ImportId } from "@/lib/imports/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  answer: ImportDetail,
  run: ({ actor, params }) => getImport({ actor, importId: params.id }),
})
