import { csvDownload } from "@/lib/http/csv-download"
import { handler } from "@/lib/http/handler"
import { resultsCsv } from "@/lib/imports/results-csv"
import { ImportId } from "@/lib/imports/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  answer: "file",
  run: async ({ actor, params }) =>
    csvDownload(await resultsCsv({ actor, importId: params.id }), "results.csv"),
})
