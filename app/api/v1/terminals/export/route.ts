import { handler } from "@/lib/access/routes/handler"
import { csv, download } from "@/lib/base/http/download"
import { exportTerminals } from "@/lib/fleet/terminals/read/export-terminals"
import { TerminalExportQuery } from "@/lib/fleet/terminals/schemas"

const types = {
  csv,
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const

export const GET = handler({
  may: "fleet:read",
  query: TerminalExportQuery,
  answer: "file",
  run: ({ actor, query }) =>
    download(exportTerminals({ actor, query }), {
      type: types[query.format],
      plainName: `terminals.${query.format}`,
    }),
})
