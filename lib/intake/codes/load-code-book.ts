import type { Db } from "@/lib/base/db/transaction"
import { agreedApprovals, causesOfCodes, codeKey } from "@/lib/fleet/code-packs/resolve-codes"
import { noCodeBook, type CodeBook, type CodedRecord } from "@/lib/intake/codes/code-book"
import { acquirerSystems } from "@/lib/intake/codes/sql"
import { knownTerminals } from "@/lib/intake/ingest/terminals"

type SystemOf = (record: CodedRecord) => string | null

/** The acquirer's code system, then the terminal's own: as when the sale is stored. */
export async function systemsOf(db: Db, records: readonly CodedRecord[]): Promise<SystemOf> {
  const open = records.filter(({ codeSystem }) => codeSystem === undefined)
  if (open.length === 0) return ({ codeSystem }) => codeSystem ?? null
  const acquirers = [...new Set(open.flatMap(({ acquirer }) => acquirer ?? []))]
  const systems = new Map(
    (acquirers.length > 0 ? await acquirerSystems(db, acquirers) : []).map((row) => [
      row.code,
      row.code_system,
    ]),
  )
  const named = (record: CodedRecord) => ({
    terminal: record.terminal ?? "",
    at: Date.now(),
    acquirer: record.acquirer ?? null,
  })
  const terminals = [...new Map(open.map((record) => [record.terminal, named(record)])).values()]
  const directory = await knownTerminals(db, terminals)
  return (record) => {
    const own = record.codeSystem ?? systems.get(record.acquirer ?? "")
    if (own !== undefined) return own
    const terminal = directory.resolve(named(record))
    return typeof terminal === "string" ? null : terminal.codeSystem
  }
}

async function ownBook(db: Db, records: readonly CodedRecord[], systemOf: SystemOf): Promise<CodeBook> {
  const causes = await causesOfCodes(
    db,
    records.map((record) => ({ codeSystem: systemOf(record), code: record.code })),
  )
  return (record) => {
    const cause = causes.get(codeKey(systemOf(record), record.code))
    return cause === undefined ? null : cause === "none" ? "approved" : "refused"
  }
}

/** The meaning of some records' codes by the code tables that apply to them. */
export const loadCodeBook = async (db: Db, records: readonly CodedRecord[]): Promise<CodeBook> =>
  records.length === 0 ? noCodeBook : ownBook(db, records, await systemsOf(db, records))

/** Like `loadCodeBook`. A code to which no table applies has the meaning that all tables agree on. */
export async function loadAgreedBook(db: Db, records: readonly CodedRecord[]): Promise<CodeBook> {
  if (records.length === 0) return noCodeBook
  const systemOf = await systemsOf(db, records)
  const book = await ownBook(db, records, systemOf)
  const alone = records.filter((record) => systemOf(record) === null)
  const agreed = await agreedApprovals(
    db,
    alone.map(({ code }) => code.trim()),
  )
  return (record) => {
    const isApproval = systemOf(record) === null ? agreed.get(record.code.trim()) : undefined
    return isApproval === undefined ? book(record) : isApproval ? "approved" : "refused"
  }
}
