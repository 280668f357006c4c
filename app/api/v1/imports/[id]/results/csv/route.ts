import { handler } from "@/lib/access/routes/handler"
import { csvDownload } from "@/lib/base/http/csv-download"
import { resultsCsv } from "@/lib/intake/imports/runs/results-csv"
import { ImportId } from "@/lib/intake/imports/runs/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  answer: "file",
  run: async ({ actor, params }) =>
    csvDownload(await resultsCsv({ actor, importId: params.id }), "results.csv"),
})
