/** The meaning of a response code; `unmapped` if its code table does not have it. */
export type CodeMeaning = "approved" | "refused" | "unmapped"

/** The fields of a record that decide how its code is looked up. */
export type CodedRecord = {
  code: string
  codeSystem: string | undefined
  acquirer: string | undefined
  terminal: string | undefined
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

export const codedRecordOf = (record: Readonly<Record<string, unknown>>): CodedRecord => ({
  code: textOf(record["code"]) ?? "",
  codeSystem: textOf(record["codeSystem"]),
  acquirer: textOf(record["acquirer"]),
  terminal: textOf(record["terminal"]),
})

/** Looks up a code; null if no code table has it. */
export type CodeBook = (record: CodedRecord) => Exclude<CodeMeaning, "unmapped"> | null

/** Has no code table. */
export const noCodeBook: CodeBook = () => null

/** Codes that mean an approval in every system that does not say otherwise. */
const approvedEverywhere = /^(?:0{2,6}|success|approved)$/i

/** The meaning of a record's code. A code table takes precedence over the usual approval codes. */
export const meaningOf = (book: CodeBook, record: CodedRecord): CodeMeaning =>
  book(record) ?? (approvedEverywhere.test(record.code) ? "approved" : "unmapped")
