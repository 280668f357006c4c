import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import {
  addForgottenCodes,
  bookedCodes,
  bookedKey,
  codedSales,
  meaningsById,
  meaningsOf,
  rawSince,
  type Booked,
} from "@/lib/fleet/code-packs/sql"
import { rebatchOfAll } from "@/lib/fleet/rebatch/rebatch"

/** What rates count sales by, and what verdicts weigh. */
const weighed = ["cause", "subcause", "confidence", "device_attributable"] as const

/** A stored code whose weight is another now. Null if no table knows it any more. */
type Changed = Booked & { meansNow: number | null }

/**
 * Gives sales in raw retention whose code now has another cause, subcause or weight their new meaning, in
 * new batches, which the fold then recounts and whose failed sales are judged again. Codes that no table
 * knows any more become unmapped. Returns the number of sales.
 */
export async function rebookTransactions(db: Db, codeSystem: string): Promise<number> {
  const [since] = await rawSince(db)
  if (!since) return 0
  const sales = codedSales(codeSystem, since.at)
  const changed = await changedCodes(db, codeSystem, await bookedCodes(db, sales))
  if (changed.length === 0) return 0
  const keys = changed.map(({ key }) => key)
  const meanings = changed.map(({ meansNow }) => meansNow ?? 0)
  const where = sql`${sales} and ${bookedKey} = any(${keys}::text[])`
  // Citus 13.2.2 crashes on an array's element as the new value, but not on an expression of it.
  const set = sql`,
    response_code_id =
      nullif((${meanings}::bigint[])[array_position(${keys}::text[], ${bookedKey})], 0)`
  const moved = await rebatchOfAll(db, { table: "transaction", where, set })
  const forgotten = changed
    .filter(({ meansNow }) => meansNow === null)
    .map(({ code, count, first_at: firstAt, last_at: lastAt }) => ({ code, count, firstAt, lastAt }))
  if (forgotten.length > 0) await addForgottenCodes(db, codeSystem, forgotten)
  return moved
}

async function changedCodes(db: Db, codeSystem: string, booked: Booked[]): Promise<Changed[]> {
  const now = new Map((await meaningsOf(db, codeSystem)).map((one) => [one.code, one]))
  const ids = booked.flatMap(({ response_code_id: id }) => id ?? [])
  const before = new Map((await meaningsById(db, ids)).map((one) => [one.id, one]))
  return booked.flatMap((one) => {
    const [was, is] = [before.get(one.response_code_id ?? 0), now.get(one.code)]
    return weighed.every((field) => was?.[field] === is?.[field])
      ? []
      : [{ ...one, meansNow: is?.id ?? null }]
  })
}
