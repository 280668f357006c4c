import { stringify } from "csv-stringify/sync"
import { writeXlsxStream } from "hucre/xlsx"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { parts } from "@/lib/base/parts"
import { exportRows, listedIds, terminalOrder, type ExportRow } from "@/lib/fleet/terminals/read/sql"
import type { TerminalExportQuery } from "@/lib/fleet/terminals/schemas"
import { terminalFields } from "@/lib/fleet/terminals/words"

const pageSize = 1_000

/** As an import of terminals names them; opening hours are not exported. */
const columns = terminalFields.filter((field) => field !== "openingHours")

const cellsOf = (row: ExportRow): string[] =>
  columns.map((column) => (column === "labels" ? row.labels.join("; ") : (row[column] ?? "")))

/** All that the list shows by its filters, in its order as it was at the beginning, page by page: CSV for spreadsheets, or a workbook. */
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
  const listed = await inOrganisation(actor, (db) => listedIds(db, filter, terminalOrder({ sort, order })))
  for (const page of parts(
    listed.map(({ id }) => id),
    pageSize,
  ))
    yield await inOrganisation(actor, (db) => exportRows(db, page))
}

/** Spreadsheets know UTF-8 by its mark, and take no cell for a formula. */
async function* csv(pagesOfRows: AsyncIterable<ExportRow[]>): AsyncGenerator<string> {
  yield stringify([[...columns]], { bom: true })
  for await (const rows of pagesOfRows) yield stringify(rows.map(cellsOf), { escape_formulas: true })
}

/** Cells of a workbook are text, whatever they begin with. Little is made that has not been fetched. */
const workbook = (pagesOfRows: AsyncIterable<ExportRow[]>): AsyncIterable<Uint8Array> =>
  writeXlsxStream(lines(pagesOfRows), { name: "terminals", freezePane: { rows: 1 } })

async function* lines(pagesOfRows: AsyncIterable<ExportRow[]>): AsyncGenerator<string[]> {
  yield [...columns]
  for await (const rows of pagesOfRows) yield* rows.map(cellsOf)
}
