import type { Actor } from "@/lib/access/actor"
import { codeKey, noteUnmappedCodes, resolveCodes } from "@/lib/causes/resolve-codes"
import type { Db } from "@/lib/db/transaction"
import type { IngestAnswer } from "@/lib/ingest/answer"
import { recordUpload, type Checked, type Noun } from "@/lib/ingest/record"
import { columnOf } from "@/lib/ingest/rows"
import type { Upload } from "@/lib/ingest/upload"
import { Transaction } from "@/lib/transactions/schemas"
import { acquirersOf, insertTransactions } from "@/lib/transactions/sql"

const fields = Transaction.shape
const { terminal: _terminal, sentAt: _sentAt, acquirer: _acquirer, codeSystem: _codeSystem, ...stored } = fields
const columns = Object.keys(stored).map((field) => [field as keyof typeof stored, columnOf(field)] as const)

type Rows = { orgId: string; batchId: number; rows: Checked<Transaction>[] }

async function insert(db: Db, { orgId, batchId, rows }: Rows): Promise<number> {
  const named = [...new Set(rows.flatMap(({ record }) => record.acquirer ?? []))]
  const acquirers = new Map((named.length > 0 ? await acquirersOf(db, named) : []).map((row) => [row.code, row]))

  // The acquirer's code system, then the terminal's own; a code without a system means nothing.
  const coded = rows.map(({ record, terminal }) => {
    const acquirer = record.acquirer === undefined ? undefined : acquirers.get(record.acquirer)
    return { acquirerId: acquirer?.id ?? null, codeSystem: record.codeSystem ?? acquirer?.code_system ?? terminal.codeSystem }
  })
  const codes = rows.flatMap(({ record }, i) => (record.code === undefined ? [] : [{ codeSystem: coded[i]?.codeSystem ?? null, code: record.code }]))
  const known = await resolveCodes(db, codes)

  const inserted = await insertTransactions(
    db,
    rows.map(({ record, terminal, offsetMs }, i) => {
      const { acquirerId = null, codeSystem = null } = coded[i] ?? {}
      const row: Record<string, unknown> = {
        terminal_id: terminal.terminalId,
        org_id: orgId,
        batch_id: batchId,
        clock_offset_ms: offsetMs,
        acquirer_id: acquirerId,
        code_system: codeSystem,
        response_code_id: record.code === undefined ? null : (known.get(codeKey(codeSystem, record.code)) ?? null),
      }
      for (const [field, column] of columns) if (record[field] !== undefined) row[column] = record[field]
      return row
    }),
  )
  await noteUnmappedCodes(db, inserted.unmapped)
  return inserted.count
}

const transactions: Noun<Transaction> = {
  kind: "transaction",
  envelope: "transactions",
  schema: Transaction,
  fields,
  naming: ({ terminal, acquirer }) => ({ terminal, acquirer: acquirer ?? null }),
  insert,
}

/** Takes in transactions; see `recordUpload`. */
export const recordTransactions = (input: { actor: Actor; upload: Upload }): Promise<IngestAnswer> => recordUpload(transactions, input)
