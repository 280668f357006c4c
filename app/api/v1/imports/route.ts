import { Readable } from "node:stream"
import { handler } from "@/lib/access/routes/handler"
import { inTime, patience } from "@/lib/base/http/in-time"
import { getImport } from "@/lib/intake/imports/runs/get-import"
import { listImports } from "@/lib/intake/imports/runs/list-imports"
import { ImportDetail, ImportPage, ImportQuery, UploadQuery } from "@/lib/intake/imports/runs/schemas"
import { uploadImport } from "@/lib/intake/imports/runs/upload-import"

export const GET = handler({ may: "imports:read", query: ImportQuery, answer: ImportPage, run: listImports })

/** In milliseconds. Files are large, and connections of branches are slow. */
const longestUploadMs = 30 * 60_000

export const POST = handler({
  may: "imports:write",
  query: UploadQuery,
  answer: ImportDetail,
  run: async ({ actor, query, request }) => {
    const { id } = await uploadImport({
      actor,
      ...query,
      body: inTime(request.body ?? Readable.from([]), { ...patience(), wholeMs: longestUploadMs }),
    })
    return getImport({ actor, importId: id })
  },
})
