import { stringify } from "csv-stringify/sync"
import { writeXlsxStream } from "hucre/xlsx"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { parts } from "@/lib/base/parts"
import { findTerminals } from "@/lib/fleet/terminals/read/find-terminals"
import { listedIds } from "@/lib/fleet/terminals/read/list-sql"
import { exportRows, type ExportRow } from "@/lib/fleet/terminals/read/sql"
import type { TerminalExportQuery } from "@/lib/fleet/terminals/schemas"
import { terminalFields } from "@/lib/fleet/terminals/words"

const pageSize = 1_000

/** The columns that an import of terminals reads, without opening hours. */
const columns = terminalFields.filter((field) => field !== "openingHours")

const cellsOf = (row: ExportRow): string[] =>
  columns.map((column) => (column === "labels" ? row.labels.join("; ") : (row[column] ?? "")))

/**
 * Exports all terminals that match the filter, in the list's order, as CSV or XLSX. The order is fixed at
 * the start, then rows are read page by page.
 */
export function exportTerminals({
  actor,
  query: { format, ...filter },
}: {
  actor: Actor
  query: TerminalExportQuery
}): AsyncIterable<Uint8Array | string> {
  requirePermission(actor, "fleet:read")
  const rows = pages(actor, filter)
  return format === "csv" ? csv(rows) : workbook(rows)
}

async function* pages(
  actor: Actor,
  { sort, order, ...filter }: Omit<TerminalExportQuery, "format">,
): AsyncGenerator<ExportRow[]> {
  const listed = await inOrganisation(actor, async (db) =>
    listedIds(db, { ...(await findTerminals(db, { filter, actor })), sort, order }),
  )
  for (const page of parts(
    listed.map(({ id }) => id),
    pageSize,
  ))
    yield await inOrganisation(actor, (db) => exportRows(db, page))
}

/** Excel needs the byte order mark to read UTF-8. Formulas are escaped. */
async function* csv(pagesOfRows: AsyncIterable<ExportRow[]>): AsyncGenerator<string> {
  yield stringify([[...columns]], { bom: true })
  for await (const rows of pagesOfRows) yield stringify(rows.map(cellsOf), { escape_formulas: true })
}

/** All cells are text, so no formula runs. Rows are fetched as the workbook is read. */
const workbook = (pagesOfRows: AsyncIterable<ExportRow[]>): AsyncIterable<Uint8Array> =>
  writeXlsxStream(lines(pagesOfRows), { name: "terminals", freezePane: { rows: 1 } })

async function* lines(pagesOfRows: AsyncIterable<ExportRow[]>): AsyncGenerator<string[]> {
  yield [...columns]
  for await (const rows of pagesOfRows) yield* rows.map(cellsOf)
}
