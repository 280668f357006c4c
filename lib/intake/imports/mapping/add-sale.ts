import {
  codedRecordOf,
  meaningOf,
  type CodeBook,
  type CodeMeaning,
} from "@/lib/intake/imports/mapping/code-book"
import { deriveSale } from "@/lib/intake/imports/mapping/derive-sale"
import type { Profile, SaleSource } from "@/lib/intake/imports/mapping/profile"
import {
  CellError,
  cellOf,
  codeOf,
  plainCode,
  quoted,
  refuseShortened,
  type Row,
} from "@/lib/intake/imports/mapping/row"
import { outcomes } from "@/lib/intake/transactions/schemas"

type AddSale = {
  source: SaleSource
  words: NonNullable<Profile["words"]>
  row: Row
  book: CodeBook
}

/** Adds the outcome of the sale to its record, and the fields that depend on it. */
export function addSale(record: Record<string, unknown>, { source, words, row, book }: AddSale): void {
  const cell = (column: string | undefined) => (column === undefined ? "" : cellOf(row, column, "outcome"))
  const said = source.outcome === undefined ? record["outcome"] : cell(source.outcome)
  const outcome = outcomes.find((one) => one === said) ?? null
  const status = outcome === null ? cell(source.outcome) || cell(source.status) : ""
  const type = cell(source.type)
  const derived = deriveSale({
    outcome,
    status,
    type,
    meaning: codeMeaning(record, cell(source.code), book),
    words,
  })
  if ("unknown" in derived) throw unknownSale(derived.unknown, { status, type })
  record["outcome"] = derived.outcome
  if (derived.outcome === "reversed") addReversed(record, cell(source.original), outcome !== null)
  const amount = record["amountMinor"]
  if (derived.isRefund && typeof amount === "number" && amount > 0) record["amountMinor"] = -amount
}

/**
 * A reversal that names no other transaction reverses the sale with its own number, and gets an id of its
 * own. With the contract's own outcome, its id may be separate already.
 */
function addReversed(record: Record<string, unknown>, original: string, isContract: boolean): void {
  const id = record["id"]
  refuseShortened("reverses", original)
  record["reverses"] = original || id
  if (!isContract || original === "" || original === id) record["id"] = `${String(id)}-r`
}

/**
 * The meaning of the row's code. A code that a spreadsheet may have shortened is used as it is if a code
 * table has it in that form.
 */
function codeMeaning(record: Record<string, unknown>, cell: string, book: CodeBook): CodeMeaning | null {
  const own = record["code"]
  const code = typeof own === "string" ? own : codeOf(cell)
  if (code === "") return null
  const coded = { ...codedRecordOf(record), code }
  const plain = plainCode(cell)
  const asItStands = plain === code ? null : book({ ...coded, code: plain })
  if (asItStands === null || book(coded) !== null) return meaningOf(book, coded)
  record["code"] = plain
  return asItStands
}

function unknownSale(
  unknown: "status" | "code" | "type" | "skipped",
  cells: { status: string; type: string },
) {
  switch (unknown) {
    case "status":
      return new CellError(
        "outcome",
        unknown,
        `${quoted(cells.status)} is an unknown status: say what it means, or give a response code`,
        cells.status,
      )
    case "code":
      return new CellError("outcome", unknown, "neither a status nor a code shows the outcome of the sale")
    case "type":
      return new CellError(
        "outcome",
        unknown,
        `${quoted(cells.type || cells.status)} is not a sale: sign-ins, settlements and inquiries are skipped`,
        cells.type || cells.status,
      )
    case "skipped":
      return new CellError(
        "outcome",
        unknown,
        `${quoted(cells.status || cells.type)} is skipped by the profile`,
      )
  }
}
