import type { Db } from "@/lib/base/db/transaction"
import { causesOfCodes, codeKey } from "@/lib/fleet/code-packs/resolve-codes"
import {
  codedRecordOf,
  meaningOf,
  noCodeBook,
  type CodeBook,
  type CodedRecord,
} from "@/lib/intake/imports/mapping/code-book"
import { valueOf } from "@/lib/intake/imports/mapping/map-row"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { CellError, codeOf, plainCode, type Row } from "@/lib/intake/imports/mapping/row"
import { acquirerSystems } from "@/lib/intake/imports/runs/sql"
import { knownTerminals } from "@/lib/intake/ingest/terminals"

const asked = ["code", "codeSystem", "acquirer", "terminal"] as const

/**
 * The code of a row with the fields that its lookup needs, as far as they can be read, and the code as the
 * cell has it.
 */
function codedRecordsOf({ fields, timeZone, codeSystem }: Profile, row: Row): CodedRecord[] {
  const values: Record<string, unknown> = codeSystem === undefined ? {} : { codeSystem }
  for (const field of asked) {
    const source = fields[field]
    try {
      const value = source && valueOf(field, source, row, { zone: timeZone })
      if (value !== undefined) values[field] = value
    } catch (error) {
      if (!(error instanceof CellError)) throw error
    }
  }
  const record = codedRecordOf(values)
  const column = fields["code"]?.column
  const plain = typeof column === "string" ? plainCode(row.cells[column]?.trim() ?? "") : ""
  return record.code === "" ? [] : [record, { ...record, code: plain || record.code }]
}

/** The acquirer's code system, then the terminal's own: as when the sale is stored. */
async function systemsOf(db: Db, records: CodedRecord[]): Promise<(record: CodedRecord) => string | null> {
  const open = records.filter(({ codeSystem }) => codeSystem === undefined)
  if (open.length === 0) return ({ codeSystem }) => codeSystem ?? null
  const acquirers = [...new Set(open.flatMap(({ acquirer }) => acquirer ?? []))]
  const systems = new Map(
    (acquirers.length > 0 ? await acquirerSystems(db, acquirers) : []).map((row) => [
      row.code,
      row.code_system,
    ]),
  )
  const named = (record: CodedRecord) => ({
    terminal: record.terminal ?? "",
    at: Date.now(),
    acquirer: record.acquirer ?? null,
  })
  const terminals = [...new Map(open.map((record) => [record.terminal, named(record)])).values()]
  const directory = await knownTerminals(db, terminals)
  return (record) => {
    const own = record.codeSystem ?? systems.get(record.acquirer ?? "")
    if (own !== undefined) return own
    const terminal = directory.resolve(named(record))
    return typeof terminal === "string" ? null : terminal.codeSystem
  }
}

async function codeBookOf(db: Db, records: CodedRecord[]): Promise<CodeBook> {
  const systemOf = await systemsOf(db, records)
  const causes = await causesOfCodes(
    db,
    records.map((record) => ({ codeSystem: systemOf(record), code: record.code })),
  )
  return (record) => {
    const cause = causes.get(codeKey(systemOf(record), record.code))
    return cause === undefined ? null : cause === "none" ? "approved" : "refused"
  }
}

const hasCodes = ({ kind, sale, fields }: Profile) =>
  kind === "transactions" && sale !== undefined && fields["code"] !== undefined

/** The meaning of some rows' codes by the code tables that apply to them. */
export async function loadCodeBook(db: Db, profile: Profile, rows: readonly Row[]): Promise<CodeBook> {
  if (!hasCodes(profile)) return noCodeBook
  return codeBookOf(
    db,
    rows.flatMap((row) => codedRecordsOf(profile, row)),
  )
}

/** The codes of a file that no applicable code table has. */
export async function unmappedCodes<Coded extends { text: string }>(
  db: Db,
  profile: Profile,
  { codes, rows }: { codes: readonly Coded[]; rows: readonly Row[] },
): Promise<Coded[]> {
  if (!hasCodes(profile)) return []
  const tables = rows.flatMap((row) => codedRecordsOf(profile, row))
  const recordsOf = (text: string) =>
    [codeOf(text), plainCode(text)].flatMap((code) => tables.map((record) => ({ ...record, code })))
  const book = await codeBookOf(
    db,
    codes.flatMap(({ text }) => recordsOf(text)),
  )
  return codes.filter(({ text }) => recordsOf(text).every((record) => meaningOf(book, record) === "unmapped"))
}
