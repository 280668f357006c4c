import type { Db } from "@/lib/base/db/transaction"
import { codedRecordOf, meaningOf } from "@/lib/intake/codes/code-book"
import { loadAgreedBook } from "@/lib/intake/codes/load-code-book"
import { keptObject } from "@/lib/intake/ingest/kept"
import { textOf, type Replay } from "@/lib/intake/quarantine/replay-text"

const outcomeOf = { approved: "approved", refused: "declined" } as const

/**
 * The record of a sale whose outcome only its code shows. The record decides: its reason changes when a
 * replay fails for another one. A file's record has no time of sending.
 */
function waitingRecord(row: Replay): Record<string, unknown> | null {
  const record = row.kind === "transaction" ? keptObject(textOf(row)) : null
  if (record === null || "outcome" in record || "sentAt" in record) return null
  return codedRecordOf(record).code === "" ? null : record
}

/**
 * Sales that wait for their code get the outcome that the code tables give it by now. Those whose code is in
 * no table yet are left out.
 */
export async function addOutcomes(db: Db, rows: readonly Replay[]): Promise<Replay[]> {
  const waiting = new Map(
    rows.flatMap((row) => {
      const record = waitingRecord(row)
      return record === null ? [] : [[row.id, record] as const]
    }),
  )
  if (waiting.size === 0) return rows.map(withOrigin)
  const book = await loadAgreedBook(db, [...waiting.values()].map(codedRecordOf))
  return rows.flatMap((row): Replay[] => {
    const record = waiting.get(row.id)
    const meaning = record ? meaningOf(book, codedRecordOf(record)) : "unmapped"
    if (record && meaning !== "unmapped")
      return [{ ...row, sent: JSON.stringify({ ...record, outcome: outcomeOf[meaning] }), isFromFile: true }]
    return record && row.code === "unmapped_code" ? [] : [withOrigin(row)]
  })
}

/** Only sales of files have this reason. */
const withOrigin = (row: Replay): Replay =>
  row.code === "unmapped_code" ? { ...row, isFromFile: true } : row
