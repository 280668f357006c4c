import { stringify } from "csv-stringify/sync"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import type { Slice } from "@/lib/base/pages/list-order"
import { readPages } from "@/lib/base/pages/read-page"
import { runOrThrow } from "@/lib/intake/imports/runs/get-import"
import { resultOrder, resultPage } from "@/lib/intake/imports/runs/result-sql"
import type { RowResult } from "@/lib/intake/imports/runs/schemas"

const pageSize = 2_000

const cellsOf = ({ line, serial, outcome, changes, refusal }: RowResult): (string | number | null)[] => [
  line,
  serial,
  outcome,
  changes.map(({ field, from, to }) => `${field}: ${from ?? ""} > ${to ?? ""}`).join("; "),
  refusal?.field ?? null,
  refusal?.message ?? null,
]

/** One result per row, as CSV. The byte order mark lets spreadsheets detect UTF-8. */
export async function resultsCsv({
  actor,
  importId,
}: {
  actor: Actor
  importId: string
}): Promise<{ fileName: string; text: AsyncGenerator<string> }> {
  requirePermission(actor, "imports:write")
  const run = await inOrganisation(actor, (db) => runOrThrow(db, importId))
  return { fileName: `${run.file_name.replace(/\.\w+$/, "")}.results.csv`, text: pages(actor, importId) }
}

async function* pages(actor: Actor, importId: string): AsyncGenerator<string> {
  yield stringify([["line", "serial", "outcome", "changes", "field", "reason"]], { bom: true })
  const read = (slice: Slice) =>
    inOrganisation(actor, (db) => resultPage(db, { importId, outcome: null }, slice))
  for await (const rows of readPages(resultOrder, pageSize, read))
    if (rows.length > 0) yield stringify(rows.map(cellsOf), { escape_formulas: true })
}
