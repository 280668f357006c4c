import { handler } from "@/lib/access/routes/handler"
import { csv, download } from "@/lib/base/http/download"
import { rejectedCsv } from "@/lib/intake/imports/runs/rejected-csv"
import { ImportId } from "@/lib/intake/imports/runs/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  answer: "file",
  run: async ({ actor, params }) => {
    const { fileName, text } = await rejectedCsv({ actor, importId: params.id })
    return download(text, { type: csv, plainName: "rejected.csv", fileName })
  },
})
