import type { CellProblem } from "@/lib/intake/imports/words"

/** A row of a file as it is kept: its cells by header, card numbers masked. */
export type Row = {
  cells: Readonly<Record<string, string>>
  /** Where it has more or fewer cells than the file has columns, nobody knows which of them is which. */
  misfit?: { cells: number; columns: number }
  /** Counts from zero, after the header. */
  number: number
  /** Where it stands in the file, as a spreadsheet shows it. */
  line: number
  /** The one-way reference of the card number that the row held. */
  cardRef: string | null
  /** Tells the row from every other of the file, and is the same in the next file that holds it. */
  hash: string
}

/**
 * A cell that cannot be read as the profile says; `message` is for the person who sent the file, `problem`
 * and the cell's `text` for a screen in their language.
 */
export class CellError extends Error {
  readonly field: string | null
  readonly problem: CellProblem
  readonly text: string | null
  constructor(field: string | null, problem: CellProblem, message: string, text: string | null = null) {
    super(message)
    this.field = field
    this.problem = problem
    this.text = text
  }
}

// What stands before digits that a spreadsheet must not shorten, and what it must not take for a formula: no
// part of the value.
const textMark = /^['’`](?=[\p{L}\p{N}=+\-@＝＋－＠])/u

export function cellOf({ cells }: Row, column: string, field: string): string {
  const cell = cells[column]
  if (cell === undefined) throw new CellError(field, "column", `the file has no column "${column}"`)
  return cell.trim().replace(textMark, "")
}

export const wrong = (field: string, text: string, problem: CellProblem, wanted: string): never => {
  throw new CellError(field, problem, `"${text.slice(0, 40)}" is not ${wanted}`, text)
}

/** The code alone of "51", "51-余额不足" and "51（余额不足）". */
export const plainCode = (text: string): string =>
  /^([0-9A-Za-z]{1,8})(?=$|[-:：(（[\s])/.exec(text)?.[1] ?? text

/** As `plainCode`; a spreadsheet makes 0 of 00. */
export function codeOf(text: string): string {
  const code = plainCode(text)
  return /^\d$/.test(code) ? `0${code}` : code
}

/** Fields that tell things apart: one that a spreadsheet has shortened would make two of them one. */
const identities = [
  "terminal",
  "serial",
  "tid",
  "id",
  "reverses",
  "store",
  "code",
  "operator",
  "batch",
  "rrn",
]

/** 2.46E+09 has lost digits. */
const shortened = /^-?\d(?:[.,]\d+)?E\+\d{1,3}$/i

/** A number that a spreadsheet shows shortened is no identity any more. */
export function refuseShortened(field: string, text: string): void {
  if (identities.includes(field) && shortened.test(text))
    throw new CellError(
      field,
      "shortened",
      `"${text.slice(0, 40)}" was shortened by a spreadsheet: ` +
        "format the column as text in the original and export it again",
      text,
    )
}
