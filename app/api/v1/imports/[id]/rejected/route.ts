import { csvDownload } from "@/lib/http/csv-download"
import { handler } from "@/lib/http/handler"
import { rejectedCsv } from "@/lib/imports/rejected-csv"
import { ImportId } from "@/lib/imports/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  answer: "file",
  run: async ({ actor, params }) =>
    csvDownload(await rejectedCsv({ actor, importId: params.id }), "rejected.csv"),
})
