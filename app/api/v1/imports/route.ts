import { Readable } from "node:stream"
import { handler } from "@/lib/http/handler"
import { getImport } from "@/lib/imports/get-import"
import { listImports } from "@/lib/imports/list-imports"
import { ImportQuery, UploadQuery } from "@/lib/imports/schemas"
import { uploadImport } from "@/lib/imports/upload-import"

export const GET = handler({ may: "imports:read", query: ImportQuery, run: listImports })

export const POST = handler({
  may: "imports:write",
  query: UploadQuery,
  run: async ({ actor, query, request }) => {
    const { id } = await uploadImport({ actor, ...query, body: request.body ?? Readable.from([]) })
    return getImport({ actor, importId: id })
  },
})
