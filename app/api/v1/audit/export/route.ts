import { Readable } from "node:stream"
import { exportAudit } from "@/lib/access/audit/export-audit"
import { AuditExportQuery } from "@/lib/access/audit/schemas"
import { handler } from "@/lib/access/routes/handler"

const types = { csv: "text/csv; charset=utf-8", json: "application/json" } as const

export const GET = handler({
  may: "audit:read",
  query: AuditExportQuery,
  answer: "file",
  run: ({ actor, query }) => {
    const text = exportAudit({ actor, query })
    return Promise.resolve(
      new Response(Readable.toWeb(Readable.from(text, { objectMode: false })) as ReadableStream, {
        headers: {
          "content-type": types[query.format],
          "content-disposition": `attachment; filename="audit.${query.format}"`,
          "cache-control": "no-store",
        },
      }),
    )
  },
})
