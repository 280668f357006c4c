import type { Db } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import { addUnmappedCodes, countMeanings, findCodes, type FoundCode } from "@/lib/fleet/code-packs/sql"

export type SentCode = { codeSystem: string | null; code: string }

export const codeKey = (codeSystem: string | null, code: string): string =>
  `${codeSystem ?? ""}\0${code.trim()}`

const distinct = (codes: SentCode[]) => [
  ...new Map(codes.map((sent) => [codeKey(sent.codeSystem, sent.code), sent])).values(),
]

async function found(db: Db, codes: SentCode[]): Promise<FoundCode[]> {
  const named = distinct(codes).filter(({ codeSystem }) => codeSystem !== null)
  if (named.length === 0) return []
  return findCodes(db, {
    codeSystems: named.map(({ codeSystem }) => codeSystem ?? ""),
    codes: named.map(({ code }) => code.trim()),
  })
}

/**
 * Looks up codes in the organisation's current tables: `codeKey` to the id of the code's row. Unknown codes
 * are left out.
 */
export const resolveCodes = async (db: Db, codes: SentCode[]): Promise<Map<string, number>> =>
  new Map((await found(db, codes)).map((row) => [codeKey(row.code_system, row.code), row.id]))

/** The causes of codes in the same tables. An approval's code has none. */
export const causesOfCodes = async (db: Db, codes: SentCode[]): Promise<Map<string, Cause | "none">> =>
  new Map((await found(db, codes)).map((row) => [codeKey(row.code_system, row.code), row.cause]))

/** A code has the same meaning everywhere if at least this many code systems have it and all agree. */
const fewestTables = 3

/**
 * Whether codes are approvals, for sales without a code system: by code, where all tables that have it agree.
 * 51 is a decline in all of them; 10 and Y1 are not in the result.
 */
export async function agreedApprovals(db: Db, codes: string[]): Promise<Map<string, boolean>> {
  const counted = codes.length === 0 ? [] : await countMeanings(db, [...new Set(codes)])
  return new Map(
    counted
      .filter(({ tables, approvals }) => tables >= fewestTables && (approvals === 0 || approvals === tables))
      .map(({ code, approvals }) => [code, approvals > 0]),
  )
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
