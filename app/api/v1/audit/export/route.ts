import { exportAudit } from "@/lib/access/audit/export-audit"
import { AuditExportQuery } from "@/lib/access/audit/schemas"
import { handler } from "@/lib/access/routes/handler"
import { csv, download } from "@/lib/base/http/download"

const types = { csv, json: "application/json" } as const

export const GET = handler({
  may: "audit:read",
  query: AuditExportQuery,
  answer: "file",
  run: ({ actor, query }) =>
    download(exportAudit({ actor, query }), {
      type: types[query.format],
      plainName: `audit.${query.format}`,
    }),
})
