import type { CellProblem } from "@/lib/intake/imports/words"

/** A stored row of a file: its cells by header, with card numbers masked. */
export type Row = {
  cells: Readonly<Record<string, string>>
  /**
   * Set if the row has more or fewer cells than the file has columns: its cells cannot be matched to columns.
   */
  misfit?: { cells: number; columns: number }
  /** Counts from zero, after the header. */
  number: number
  /** Its line in the file, as a spreadsheet shows it. */
  line: number
  /** The one-way reference of the row's card number. */
  cardRef: string | null
  /** Differs for every row of the file, and is the same in another file with the same row. */
  hash: string
}

/**
 * A cell that cannot be read with the profile. `message` is for the sender of the file; `problem` and the
 * cell's `text` are for a screen in the user's language.
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

// Prefixes that keep a spreadsheet from shortening digits or reading a text as a formula. They are not part
// of the value.
const textMark = /^['’`](?=[\p{L}\p{N}=+\-@＝＋－＠])/u

/** A cell's text as it is read. */
export const plainCell = (cell: string): string => cell.trim().replace(textMark, "")

export function cellOf({ cells }: Row, column: string, field: string): string {
  const cell = cells[column]
  if (cell === undefined) throw new CellError(field, "column", `the file has no column "${column}"`)
  return plainCell(cell)
}

/** The beginning of a cell's text, for a message. */
export const quoted = (text: string): string => `"${text.slice(0, 40)}"`

export const wrong = (field: string, text: string, problem: CellProblem, wanted: string): never => {
  throw new CellError(field, problem, `${quoted(text)} is not ${wanted}`, text)
}

/** The code itself in "51", "51-余额不足" and "51（余额不足）". */
export const plainCode = (text: string): string =>
  /^([0-9A-Za-z]{1,8})(?=$|[-:：(（[\s])/.exec(text)?.[1] ?? text

/** Like `plainCode`; a spreadsheet changes 00 to 0. */
export function codeOf(text: string): string {
  const code = plainCode(text)
  return /^\d$/.test(code) ? `0${code}` : code
}

/** Fields that identify something. If a spreadsheet shortened them, two values could become equal. */
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

/** A number that a spreadsheet has shortened cannot identify anything. */
export function refuseShortened(field: string, text: string): void {
  if (identities.includes(field) && shortened.test(text))
    throw new CellError(
      field,
      "shortened",
      `${quoted(text)} was shortened by a spreadsheet: ` +
        "format the column as text in the original and export it again",
      text,
    )
}
