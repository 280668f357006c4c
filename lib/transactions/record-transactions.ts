import { codeKey, noteUnmappedCodes, resolveCodes } from "@/lib/causes/resolve-codes"
import type { Db } from "@/lib/db/transaction"
import type { Checked, Noun } from "@/lib/ingest/noun"
import { recorder } from "@/lib/ingest/record"
import { columnOf, firstColumns, rowOf, type Row } from "@/lib/ingest/rows"
import { Transaction } from "@/lib/transactions/schemas"
import { acquirersOf, insertTransactions } from "@/lib/transactions/sql"

const { terminal: _terminal, at: _at, sentAt: _sentAt, acquirer: _acquirer, codeSystem: _codeSystem, ...stored } = Transaction.shape
const storedFields = Object.keys(stored)

async function rows(db: Db, orgId: string, checked: Checked<Transaction>[]): Promise<Row[]> {
  const named = [...new Set(checked.flatMap(({ parsed: { record } }) => record.acquirer ?? []))]
  const acquirers = new Map((named.length > 0 ? await acquirersOf(db, named) : []).map((row) => [row.code, row]))

  // The acquirer's code system, then the terminal's own; a code without a system means nothing.
  const coded = checked.map(({ parsed: { record }, terminal }) => {
    const acquirer = record.acquirer === undefined ? undefined : acquirers.get(record.acquirer)
    const codeSystem = record.codeSystem ?? acquirer?.code_system ?? terminal.codeSystem
    return { acquirerId: acquirer?.id, codeSystem, code: record.code === undefined ? null : { codeSystem, code: record.code } }
  })
  const known = await resolveCodes(db, coded.flatMap(({ code }) => code ?? []))

  return checked.map(({ parsed, terminal: { terminalId } }, i) => {
    const { acquirerId, codeSystem, code } = coded[i] ?? {}
    const responseCodeId = !code ? undefined : known.get(codeKey(code.codeSystem, code.code))
    const row = rowOf(parsed, orgId, terminalId, [acquirerId, codeSystem ?? undefined, responseCodeId])
    row.tie = row.tie === "" ? parsed.record.id : `${parsed.record.id} ${row.tie}`
    if (responseCodeId === undefined) row.unmapped = code ?? undefined
    return row
  })
}

const transactions: Noun<Transaction> = {
  kind: "transaction",
  envelope: "transactions",
  schema: Transaction,
  fields: Transaction.shape,
  columns: [...firstColumns, "acquirer_id", "code_system", "response_code_id", ...storedFields.map(columnOf)],
  storedFields,
  naming: ({ terminal, acquirer }, at) => ({ terminal, at, acquirer: acquirer ?? null }),
  rows,
  insert: async (db, objects) => {
    const inserted = await insertTransactions(db, objects)
    await noteUnmappedCodes(db, inserted.flatMap(({ unmapped }) => unmapped))
    return inserted
  },
  afterCopy: (db, copied) => noteUnmappedCodes(db, copied.flatMap(({ unmapped }) => unmapped ?? [])),
}

/** Takes in transactions; see `recorder`. */
export const recordTransactions = recorder(transactions)
