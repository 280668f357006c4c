import type { Db } from "@/lib/base/db/transaction"
import { codedRecordOf, meaningOf, type CodeBook, type CodedRecord } from "@/lib/intake/codes/code-book"
import { loadAgreedBook, loadCodeBook } from "@/lib/intake/codes/load-code-book"
import { valueOf } from "@/lib/intake/imports/mapping/map-row"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { CellError, codeOf, plainCell, plainCode, type Row } from "@/lib/intake/imports/mapping/row"

const asked = ["code", "codeSystem", "acquirer", "terminal"] as const

/** The code of a row, with the fields that its lookup needs, as far as they can be read. */
function codedRecord({ fields, timeZone, codeSystem }: Profile, row: Row): CodedRecord {
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
  return codedRecordOf(values)
}

/** A row's code, and the code as the cell has it. */
function codedRecordsOf(profile: Profile, row: Row): CodedRecord[] {
  const record = codedRecord(profile, row)
  const column = profile.fields["code"]?.column
  const plain = typeof column === "string" ? plainCode(plainCell(row.cells[column] ?? "")) : ""
  return record.code === "" ? [] : [record, { ...record, code: plain || record.code }]
}

const hasCodes = ({ kind, sale, fields }: Profile) =>
  kind === "transactions" && sale !== undefined && fields["code"] !== undefined

/** The meaning of some rows' codes by the code tables that apply to them. */
export const codeBookOfRows = (db: Db, profile: Profile, rows: readonly Row[]): Promise<CodeBook> =>
  loadAgreedBook(db, hasCodes(profile) ? rows.flatMap((row) => codedRecordsOf(profile, row)) : [])

/** The records of some rows without their codes, each once. They decide which code tables apply. */
const tablesOf = (profile: Profile, rows: readonly Row[]): CodedRecord[] => [
  ...new Map(
    rows.map((row) => {
      const record = { ...codedRecord(profile, row), code: "" }
      return [JSON.stringify(record), record]
    }),
  ).values(),
]

/**
 * The codes of a file that no applicable code table has, and those of them whose meaning the tables do not
 * agree on. The profile's own table is stored before the rows.
 */
export async function unmappedCodes<Coded extends { text: string }>(
  db: Db,
  profile: Profile,
  { codes, rows }: { codes: readonly Coded[]; rows: readonly Row[] },
): Promise<{ unmapped: Coded[]; unclear: Coded[] }> {
  if (!hasCodes(profile)) return { unmapped: [], unclear: [] }
  const own = new Set(profile.codes?.map(({ code }) => code))
  const tables = tablesOf(profile, rows)
  const recordsOf = (text: string) =>
    [codeOf(text), plainCode(text)].flatMap((code) => tables.map((record) => ({ ...record, code })))
  const records = codes.flatMap(({ text }) => recordsOf(text))
  const isUnmapped = (book: CodeBook, { text }: Coded) =>
    recordsOf(text).every((record) => !own.has(record.code) && meaningOf(book, record) === "unmapped")
  const [book, agreed] = [await loadCodeBook(db, records), await loadAgreedBook(db, records)]
  const unmapped = codes.filter((code) => isUnmapped(book, code))
  return { unmapped, unclear: unmapped.filter((code) => isUnmapped(agreed, code)) }
}
