import { decimalMarkOfFile } from "@/lib/intake/imports/mapping/amount-source"
import type { FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { factsOfHead, type Head } from "@/lib/intake/imports/mapping/complete-profile"
import { isKnownWord } from "@/lib/intake/imports/mapping/derive-sale"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { dateOrderOfFile, lacksYear } from "@/lib/intake/imports/mapping/time-source"

/**
 * An unknown text of a status or a type. Rows with an unknown status are rejected; an unknown type is read as
 * a sale.
 */
export type UnknownWord = { text: string; rows: number; of: "status" | "type" }

type Valued = { text: string; rows: number }

const valuesOf = (facts: FileFacts, column: string | undefined): Valued[] =>
  (column === undefined ? [] : (facts[column]?.values ?? [])).map(([text, rows]) => ({ text, rows }))

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
export const codesOf = ({ sale }: Profile, head: Head): Valued[] => valuesOf(factsOfHead(head), sale?.code)

/** Whether 1.250 in the file's amounts can be one and a quarter or 1,250. */
export const needsDecimalMark = (profile: Profile, head: Head): boolean =>
  decimalMarkOfFile(profile, { ...head, facts: factsOfHead(head) }) === "open"

/** Whether the order of day and month is unclear, or dates contradict each other. */
export const needsDateOrder = (profile: Profile, head: Head): boolean =>
  dateOrderOfFile(profile, factsOfHead(head)) === "open"

/** Whether times of the file have no year. */
export const needsYear = (profile: Profile, head: Head): boolean => lacksYear(profile, factsOfHead(head))
