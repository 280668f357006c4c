import { Readable } from "node:stream"
import { handler } from "@/lib/http/handler"
import { rejectedCsv } from "@/lib/imports/rejected-csv"
import { ImportId } from "@/lib/imports/schemas"

export const GET = handler({
  may: "imports:write",
  params: ImportId,
  run: async ({ actor, params }) => {
    const { fileName, text } = await rejectedCsv({ actor, importId: params.id })
    return new Response(Readable.toWeb(Readable.from(text, { objectMode: false })) as ReadableStream, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="rejected.csv"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        "cache-control": "no-store",
      },
    })
  },
})
