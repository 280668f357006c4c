import { stringify } from "csv-stringify/sync"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { runOrThrow } from "@/lib/intake/imports/runs/get-import"
import { rejectsAfter } from "@/lib/intake/imports/runs/result-sql"
import type { RejectedRow } from "@/lib/intake/imports/runs/schemas"

const pageSize = 2_000

/** The header of a file of rejected rows. The byte order mark lets spreadsheets detect UTF-8. */
export const rejectedHead = (headers: readonly string[]): string =>
  stringify([["line", "code", "field", "message", ...headers]], { bom: true, escape_formulas: true })

export const rejectedLines = (rows: readonly RejectedRow[], headers: readonly string[]): string =>
  stringify(
    rows.map(({ line, code, field, message, row }) => [line, code, field, message, ...cellsOf(row, headers)]),
    { escape_formulas: true },
  )

function cellsOf(row: string, headers: readonly string[]): string[] {
  const cells = JSON.parse(row) as Record<string, string>
  const beyond = Object.keys(cells).filter((column) => !headers.includes(column))
  return [...headers, ...beyond].map((column) => cells[column] ?? "")
}

/** The rejected rows of a file as CSV, each after its reason, to be corrected and uploaded again. */
export async function rejectedCsv({
  actor,
  importId,
}: {
  actor: Actor
  importId: string
}): Promise<{ fileName: string; text: AsyncGenerator<string> }> {
  requirePermission(actor, "imports:write")
  const run = await inOrganisation(actor, (db) => runOrThrow(db, importId))
  return {
    fileName: `${run.file_name.replace(/\.\w+$/, "")}.rejected.csv`,
    text: pages(actor, importId, run.detected?.headers ?? []),
  }
}

async function* pages(actor: Actor, importId: string, headers: readonly string[]): AsyncGenerator<string> {
  yield rejectedHead(headers)
  let after = 0
  for (;;) {
    const rows = await inOrganisation(actor, (db) => rejectsAfter(db, { importId, after, limit: pageSize }))
    if (rows.length > 0) yield rejectedLines(rows, headers)
    if (rows.length < pageSize) return
    after = rows.at(-1)?.line ?? 0
  }
}
