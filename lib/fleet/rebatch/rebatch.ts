import { empty, type Sql } from "sql-template-tag"
import { groupsOfTerminals, isDistributed } from "@/lib/base/db/groups"
import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import {
  daysOfRows,
  moveRows,
  newBatchIds,
  queueDays,
  terminalsOfRows,
  type DayOfRows,
  type RawRows,
} from "@/lib/fleet/rebatch/sql"

type Rebatch = RawRows & { ids: readonly number[]; set?: Sql }

/**
 * Puts raw rows of terminals into new batches, one for each day, so that the fold counts them again; on a
 * cluster one for each day and group. Returns the number of rows.
 */
export async function rebatch(db: Db, { ids, table, where, set = empty }: Rebatch): Promise<number> {
  const groupOf = await groupsOfTerminals(db, ids)
  const isApart = await isDistributed()
  let moved = 0
  for (const own of groupBy(ids, groupOf).values()) {
    const days = await daysOfRows(db, { table, ids: own, where })
    if (days.length === 0) continue
    const batches = await numbered(db, days, isApart ? (own[0] ?? 0) : 0)
    for (const { id, day } of batches) await moveRows(db, { table, ids: own, where, day, batchId: id, set })
    await queueDays(db, table, batches)
    moved += days.reduce((sum, { count }) => sum + count, 0)
  }
  return moved
}

/** Like `rebatch`, for the rows of all terminals. */
export async function rebatchOfAll(db: Db, rows: Omit<Rebatch, "ids">): Promise<number> {
  const terminals = await terminalsOfRows(db, rows)
  return rebatch(db, { ...rows, ids: terminals.map(({ terminal_id: id }) => id) })
}

async function numbered(db: Db, days: DayOfRows[], terminalId: number) {
  const ids = await newBatchIds(db, days.length)
  return days.map(({ day, count }, i) => ({ id: ids[i]?.id ?? 0, day, rowCount: count, terminalId }))
}
