import { codedRecordOf, meaningOf, type CodeBook, type CodeMeaning } from "@/lib/intake/codes/code-book"
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
import { everyOtherCode, type CodeMeaningWord } from "@/lib/intake/imports/words"
import { outcomes } from "@/lib/intake/transactions/schemas"

type AddSale = {
  source: SaleSource
  profile: Profile
  row: Row
  book: CodeBook
}

/**
 * Adds the outcome of the sale to its record, and the fields that depend on it. The outcome stays out if only
 * a code shows it that no code table has.
 */
export function addSale(record: Record<string, unknown>, { source, profile, row, book }: AddSale): void {
  const cell = (column: string | undefined) => (column === undefined ? "" : cellOf(row, column, "outcome"))
  const said = source.outcome === undefined ? record["outcome"] : cell(source.outcome)
  const outcome = outcomes.find((one) => one === said) ?? null
  const status = outcome === null ? cell(source.outcome) || cell(source.status) : ""
  const type = cell(source.type)
  const meaning = codeMeaning(record, cell(source.code), book)
  const code = String(record["code"] ?? codeOf(cell(source.code)))
  const derived = deriveSale({
    outcome,
    status,
    type,
    meaning,
    unmapped: meaningOfUnmapped(profile, code),
    words: profile.words ?? {},
  })
  if ("unknown" in derived) throw unknownSale(derived.unknown, { status, type, code })
  if (derived.outcome === null) delete record["outcome"]
  else record["outcome"] = derived.outcome
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

/** What the profile says that a code means which no code table has. */
export function meaningOfUnmapped({ codeMeanings = {} }: Profile, code: string): CodeMeaningWord | undefined {
  const own = Object.hasOwn(codeMeanings, code) ? codeMeanings[code] : undefined
  return own ?? codeMeanings[everyOtherCode]
}

export const unmappedMessage = (code: string): string =>
  `the code ${quoted(code)} is in no code table: add it to one, or say what it means`

function unknownSale(
  unknown: "status" | "code" | "unmapped" | "type" | "skipped",
  cells: { status: string; type: string; code: string },
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
    case "unmapped":
      return new CellError("outcome", unknown, unmappedMessage(cells.code), cells.code)
    case "type":
      return new CellError(
        "outcome",
        unknown,
        `${quoted(cells.type || cells.status)} is not a sale: ` +
          "sign-ins, settlements and inquiries are skipped",
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
