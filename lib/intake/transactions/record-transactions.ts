import type { Db } from "@/lib/base/db/transaction"
import { codeKey, noteUnmappedCodes, resolveCodes } from "@/lib/fleet/code-packs/resolve-codes"
import type { Checked, Noun } from "@/lib/intake/ingest/noun"
import { recorder } from "@/lib/intake/ingest/record"
import { columnsOf, rowOf, type Row } from "@/lib/intake/ingest/rows"
import type { Named } from "@/lib/intake/ingest/terminals"
import { transactionContract } from "@/lib/intake/transactions/contract"
import { Transaction } from "@/lib/intake/transactions/schemas"
import { acquirersOf, insertTransactions } from "@/lib/intake/transactions/sql"

const {
  terminal: _terminal,
  at: _at,
  sentAt: _sentAt,
  acquirer: _acquirer,
  codeSystem: _codeSystem,
  ...stored
} = Transaction.shape
const storedFields = Object.keys(stored)

type RecordSummary = Named & Pick<Transaction, "id" | "codeSystem" | "code">

async function rows(db: Db, orgId: string, checked: Checked<RecordSummary>[]): Promise<Row[]> {
  const named = [...new Set(checked.flatMap(({ ready: { summary } }) => summary.acquirer ?? []))]
  const acquirers = new Map(
    (named.length > 0 ? await acquirersOf(db, named) : []).map((row) => [row.code, row]),
  )

  // The acquirer's code system, then the terminal's own. A code without a system has no meaning.
  const coded = checked.map(({ ready: { summary }, terminal }) => {
    const acquirer = summary.acquirer === null ? undefined : acquirers.get(summary.acquirer)
    const codeSystem = summary.codeSystem ?? acquirer?.code_system ?? terminal.codeSystem
    return {
      acquirerId: acquirer?.id,
      codeSystem,
      code: summary.code === undefined ? null : { codeSystem, code: summary.code },
    }
  })
  const known = await resolveCodes(
    db,
    coded.flatMap(({ code }) => code ?? []),
  )

  return checked.map(({ ready, terminal: { terminalId } }, i) => {
    const { acquirerId, codeSystem, code } = coded[i] ?? {}
    const responseCodeId = !code ? undefined : known.get(codeKey(code.codeSystem, code.code))
    const row = rowOf(ready, orgId, terminalId, [acquirerId, codeSystem, responseCodeId])
    row.tie = row.tie === "" ? ready.summary.id : `${ready.summary.id} ${row.tie}`
    if (responseCodeId === undefined) row.unmapped = code ?? undefined
    return row
  })
}

const transactions: Noun<Transaction, RecordSummary> = {
  kind: "transaction",
  envelope: "transactions",
  schema: Transaction,
  contract: transactionContract,
  columns: columnsOf(["acquirer_id", "code_system", "response_code_id"], storedFields),
  storedFields,
  summary: ({ terminal, acquirer, id, codeSystem, code }, at) => ({
    terminal,
    at,
    acquirer: acquirer ?? null,
    id,
    codeSystem,
    code,
  }),
  rows,
  insert: insertTransactions,
  noteUnmapped: noteUnmappedCodes,
}

/** Stores transactions; see `recorder`. */
export const recordTransactions = recorder(transactions)
