import { handler } from "@/lib/access/routes/handler"
import { csv, download } from "@/lib/base/http/download"
import { resultsCsv } from "@/lib/intake/imports/runs/results-csv"
import { ImportId } from "@/lib/intake/imports/runs/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  answer: "file",
  run: async ({ actor, params }) => {
    const { fileName, text } = await resultsCsv({ actor, importId: params.id })
    return download(text, { type: csv, plainName: "results.csv", fileName })
  },
})
