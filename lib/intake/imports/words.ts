export const fileFormats = ["csv", "xlsx"] as const
export type FileFormat = (typeof fileFormats)[number]

export const encodings = ["utf8", "gb18030", "big5", "shiftjis", "windows1252", "utf16le", "utf16be"] as const
export type Encoding = (typeof encodings)[number]

/** The delimiters of a CSV file. */
export const delimiters = [",", ";", "\t", "|"] as const

export const importStates = [
  "uploading",
  "uploaded",
  "queued",
  "running",
  "done",
  "cancelled",
  "failed",
] as const
export type ImportState = (typeof importStates)[number]

/** The order of dates whose text does not show it. */
export const dateOrders = ["day-first", "month-first", "year-first"] as const
export type DateOrder = (typeof dateOrders)[number]

export const moneyUnits = ["yuan", "fen"] as const
export type MoneyUnit = (typeof moneyUnits)[number]

/** The decimal mark of amounts: a point in 1,234.50, a comma in 1.234,50. */
export const decimalMarks = ["point", "comma"] as const
export type DecimalMark = (typeof decimalMarks)[number]

/**
 * The meanings that a user can give to a word of a status or a type. Rows with a skipped word are rejected.
 */
export const saleWords = [
  "approved",
  "declined",
  "failed",
  "cancelled",
  "reversed",
  "refund",
  "skip",
] as const
export type SaleWord = (typeof saleWords)[number]

/**
 * The meanings that a user can give to a code that no code table has. Rows with a code left for the
 * quarantine wait there until the code is in a table.
 */
export const codeMeanings = ["approved", "declined", "failed", "quarantine"] as const
export type CodeMeaningWord = (typeof codeMeanings)[number]

/** Stands for every code without a meaning of its own. */
export const everyOtherCode = "*"

/** Why a cell cannot be read. */
export const cellProblems = [
  "column",
  "number",
  "boolean",
  "money",
  "minor",
  "hours",
  "day",
  "time",
  "status",
  "code",
  "unmapped",
  "type",
  "skipped",
  "currency",
  "shortened",
  "width",
  "year",
  "old",
] as const
export type CellProblem = (typeof cellProblems)[number]
