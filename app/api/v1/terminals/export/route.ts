import { Readable } from "node:stream"
import { handler } from "@/lib/access/routes/handler"
import { exportTerminals } from "@/lib/fleet/terminals/read/export-terminals"
import { TerminalExportQuery } from "@/lib/fleet/terminals/schemas"

const types = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const

export const GET = handler({
  may: "fleet:read",
  query: TerminalExportQuery,
  answer: "file",
  run: ({ actor, query }) =>
    Promise.resolve(
      new Response(
        Readable.toWeb(
          Readable.from(exportTerminals({ actor, query }), { objectMode: false }),
        ) as ReadableStream,
        {
          headers: {
            "content-type": types[query.format],
            "content-disposition": `attachment; filename="terminals.${query.format}"`,
            "cache-control": "no-store",
          },
        },
      ),
    ),
})
