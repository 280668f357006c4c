import type { Db } from "@/lib/base/db/transaction"
import { codedRecordOf, meaningOf } from "@/lib/intake/codes/code-book"
import { loadAgreedBook } from "@/lib/intake/codes/load-code-book"
import { keptObject } from "@/lib/intake/ingest/kept"
import { textOf, type Replay } from "@/lib/intake/quarantine/replay-text"

const outcomeOf = { approved: "approved", refused: "declined" } as const

/**
 * Sales that wait for their code get the outcome that the code tables give it by now. Those whose code is in
 * no table yet are left out.
 */
export async function addOutcomes(db: Db, rows: readonly Replay[]): Promise<Replay[]> {
  const waiting = new Map(
    rows.flatMap((row) => {
      const record = row.code === "unmapped_code" ? keptObject(textOf(row)) : null
      return record === null || "outcome" in record ? [] : [[row.id, record] as const]
    }),
  )
  if (waiting.size === 0) return [...rows]
  const book = await loadAgreedBook(db, [...waiting.values()].map(codedRecordOf))
  return rows.flatMap((row): Replay[] => {
    const record = waiting.get(row.id)
    if (!record) return [row]
    const meaning = meaningOf(book, codedRecordOf(record))
    if (meaning === "unmapped") return []
    return [{ ...row, sent: JSON.stringify({ ...record, outcome: outcomeOf[meaning] }) }]
  })
}
