import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { median } from "@/lib/base/statistics/theil-sen"
import type { FactRow } from "@/lib/insight/flags/detect-sql"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { reviewedDays } from "@/lib/insight/flags/rule-repeated-failures"
import { faultRules } from "@/lib/insight/flags/words"
import { failuresOf } from "@/lib/insight/replacement/confirmed-failures"

export type WearFacts = Pick<TerminalFacts, "signal" | "failures" | "recentFailures">
type Chosen = { orgId: string; rows: readonly FactRow[]; now: Date }

/** How often terminals failed, and their signals beside those of others in their stores. */
export async function wearFactsOf(
  db: Db,
  { orgId, rows, now }: Chosen,
): Promise<(row: FactRow) => WearFacts> {
  const ids = rows.map((row) => row.terminal_id)
  const org = sql`${orgId}::uuid`
  const failed = await failuresOf(db, { org, faultRules, ids, now, days: reviewedDays })
  const failuresBy = new Map(failed.map((row) => [row.id, row]))
  const signalOf = await signalsAround(db, rows)
  return (row) => ({
    signal: signalOf(row),
    failures: failuresBy.get(row.terminal_id)?.failures ?? 0,
    recentFailures: failuresBy.get(row.terminal_id)?.recent ?? 0,
  })
}

/** How much weaker last week's signals of the terminals in service in stores were than before. */
const signalDrops = (db: Db, storeIds: readonly number[]) =>
  db.query<{ id: number; store_id: number; drop: number }>(sql`
  select w.terminal_id as id, p.store_id, w.signal_drop_db as drop
    from terminal_wear w
    join terminal_store p on p.terminal_id = w.terminal_id and p.to_at is null
    join terminal_status u on u.terminal_id = w.terminal_id and u.to_at is null and u.status = 'active'
   where p.store_id = any(${[...storeIds]}::bigint[]) and w.signal_drop_db is not null`)

async function signalsAround(
  db: Db,
  rows: readonly FactRow[],
): Promise<(row: FactRow) => TerminalFacts["signal"]> {
  const storeIds = rows.filter((row) => (row.signal_drop_db ?? 0) > 0).map((row) => row.store_id)
  const found = storeIds.length > 0 ? await signalDrops(db, storeIds) : []
  const dropsIn = groupBy(found, (row) => row.store_id)
  return ({ terminal_id: id, store_id: storeId, signal_dbm: level, signal_drop_db: drop }) => {
    if (level === null || drop === null) return null
    const others = (dropsIn.get(storeId) ?? []).filter((row) => row.id !== id).map((row) => row.drop)
    return { level, drop, others: others.length > 0 ? median(others) : null }
  }
}
