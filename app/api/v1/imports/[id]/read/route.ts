import { handler } from "@/lib/access/routes/handler"
import { readAgain } from "@/lib/intake/imports/runs/read-again"
import { ImportDetail, ImportId, ReadAgain } from "@/lib/intake/imports/runs/schemas"

export const POST = handler({
  may: "imports:write",
  params: ImportId,
  body: ReadAgain,
  answer: ImportDetail,
  run: ({ actor, params, body }) => readAgain({ actor, importId: params.id, reading: body }),
})
