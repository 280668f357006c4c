/** What a response code says of a sale: `unmapped` is one that its code table does not know. */
export type CodeMeaning = "approved" | "refused" | "unmapped"

/** What a record says of itself by which its code is looked up. */
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

/** What codes mean, and null for those that no code table knows. */
export type CodeBook = (record: CodedRecord) => Exclude<CodeMeaning, "unmapped"> | null

/** Knows no code table. */
export const noCodeBook: CodeBook = () => null

/** Codes that mean an approval in every system that does not say otherwise. */
const approvedEverywhere = /^(?:0{2,6}|success|approved)$/i

/** The meaning of a record's code; a code table counts before the usual code of approvals. */
export const meaningOf = (book: CodeBook, record: CodedRecord): CodeMeaning =>
  book(record) ?? (approvedEverywhere.test(record.code) ? "approved" : "unmapped")
