import type { Db } from "@/lib/base/db/transaction"
import { addUnmappedCodes, findCodes } from "@/lib/fleet/code-packs/sql"

export type SentCode = { codeSystem: string | null; code: string }

export const codeKey = (codeSystem: string | null, code: string): string =>
  `${codeSystem ?? ""}\0${code.trim()}`

const distinct = (codes: SentCode[]) => [
  ...new Map(codes.map((sent) => [codeKey(sent.codeSystem, sent.code), sent])).values(),
]

/**
 * Looks up codes in the organisation's current tables: `codeKey` to the id of the code's row. Unknown codes
 * are left out.
 */
export async function resolveCodes(db: Db, codes: SentCode[]): Promise<Map<string, number>> {
  const named = distinct(codes).filter(({ codeSystem }) => codeSystem !== null)
  if (named.length === 0) return new Map()
  const found = await findCodes(db, {
    codeSystems: named.map(({ codeSystem }) => codeSystem ?? ""),
    codes: named.map(({ code }) => code.trim()),
  })
  return new Map(found.map((row) => [codeKey(row.code_system, row.code), row.id]))
}

/** Counts unknown codes in the list of unmapped codes. */
export async function noteUnmappedCodes(db: Db, codes: SentCode[]): Promise<void> {
  if (codes.length === 0) return
  const counts = new Map<string, { codeSystem: string; code: string; count: number }>()
  for (const { codeSystem, code } of codes) {
    const key = codeKey(codeSystem, code)
    counts.set(key, {
      codeSystem: codeSystem ?? "",
      code: code.trim(),
      count: (counts.get(key)?.count ?? 0) + 1,
    })
  }
  await addUnmappedCodes(db, [...counts.values()])
}
