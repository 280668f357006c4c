import { handler } from "@/lib/access/routes/handler"
import { csvDownload } from "@/lib/base/http/csv-download"
import { rejectedCsv } from "@/lib/intake/imports/runs/rejected-csv"
import { ImportId } from "@/lib/intake/imports/runs/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  answer: "file",
  run: async ({ actor, params }) =>
    csvDownload(await rejectedCsv({ actor, importId: params.id }), "rejected.csv"),
})
