import { meaningOfUnmapped } from "@/lib/intake/imports/mapping/add-sale"
import { decimalMarkOfFile, openMoneyUnit } from "@/lib/intake/imports/mapping/amount-source"
import { factsOfRows, type ColumnFacts, type FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { factsOfHead, type Head } from "@/lib/intake/imports/mapping/complete-profile"
import { isKnownWord } from "@/lib/intake/imports/mapping/derive-sale"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { codeOf } from "@/lib/intake/imports/mapping/row"
import { dateOrderOfFile, lacksYear } from "@/lib/intake/imports/mapping/time-source"
import type { MoneyUnit } from "@/lib/intake/imports/words"

/**
 * An unknown text of a status or a type. Rows with an unknown status are rejected; an unknown type is read as
 * a sale.
 */
export type UnknownWord = { text: string; rows: number; of: "status" | "type" }

type Valued = { text: string; rows: number }

const valuesOf = (facts: FileFacts, column: string | undefined): Valued[] =>
  (column === undefined ? [] : (facts[column]?.values ?? [])).map(([text, rows]) => ({ text, rows }))

/** If a column has too many distinct texts, those of the first rows. */
const someValuesOf = (head: Head, column: string): Valued[] =>
  factsOfHead(head)[column]?.values === null
    ? valuesOf(factsOfRows([column], head.rows), column)
    : valuesOf(factsOfHead(head), column)

/** The words of the file whose meaning is unknown, by a complete profile. */
export function unknownWords({ sale, words = {} }: Profile, head: Head): UnknownWord[] {
  const facts = factsOfHead(head)
  const unknown = (column: string | undefined, of: UnknownWord["of"]) =>
    valuesOf(facts, column)
      .filter(({ text }) => !isKnownWord(text, { words, of, hasCode: sale?.code !== undefined }))
      .map((value) => ({ ...value, of }))
  return sale
    ? [...unknown(sale.outcome, "status"), ...unknown(sale.status, "status"), ...unknown(sale.type, "type")]
    : []
}

/** The codes of the file, each once. */
export const codesOf = ({ sale }: Profile, head: Head): Valued[] =>
  sale?.code === undefined ? [] : someValuesOf(head, sale.code)

/** Whether codes decide the outcome of some rows, because no status decides it in every row. */
function codesDecide({ sale, fields, words = {} }: Profile, head: Head): boolean {
  if (sale?.code === undefined || fields["outcome"]?.constant !== undefined) return false
  const facts = factsOfHead(head)
  const rows = Math.max(0, ...Object.values(facts).map(({ filled }) => filled))
  // A row with an unknown word is rejected; one with an unknown number is left to its code.
  const isLeftToCode = (text: string) =>
    !/\p{L}/u.test(text) && !isKnownWord(text, { words, of: "status", hasCode: false })
  const decides = ({ filled, values }: ColumnFacts) =>
    filled === rows && values !== null && !values.some(([text]) => isLeftToCode(text))
  return ![sale.outcome, sale.status].some((column) => {
    const own = column === undefined ? undefined : facts[column]
    return own !== undefined && decides(own)
  })
}

/** A code that decides the outcome of its rows, whose meaning no code table and no profile has. */
export type OpenCode = { code: string; rows: number }

/** The codes whose meaning must be given before the start. */
export function openCodes(profile: Profile, head: Head, unmapped: readonly Valued[]): OpenCode[] {
  if (unmapped.length === 0 || !codesDecide(profile, head)) return []
  const open = new Map<string, number>()
  for (const { text, rows } of unmapped) {
    const code = codeOf(text)
    if (meaningOfUnmapped(profile, code) === undefined) open.set(code, (open.get(code) ?? 0) + rows)
  }
  return [...open].map(([code, rows]) => ({ code, rows }))
}

/** Whether 1.250 in the file's amounts can be one and a quarter or 1,250. */
export const needsDecimalMark = (profile: Profile, head: Head): boolean =>
  decimalMarkOfFile(profile, { ...head, facts: factsOfHead(head) }) === "open"

/** The likely unit of amounts that are all whole numbers, if nothing says the unit; otherwise null. */
export const likelyMoneyUnit = (profile: Profile, head: Head): MoneyUnit | null =>
  openMoneyUnit(profile, factsOfHead(head)) ?? null

/** Whether the order of day and month is unclear, or dates contradict each other. */
export const needsDateOrder = (profile: Profile, head: Head): boolean =>
  dateOrderOfFile(profile, factsOfHead(head)) === "open"

/** Whether times of the file have no year. */
export const needsYear = (profile: Profile, head: Head): boolean => lacksYear(profile, factsOfHead(head))
