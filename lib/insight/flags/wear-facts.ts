import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { median } from "@/lib/base/statistics/theil-sen"
import type { FactRow } from "@/lib/insight/flags/detect-sql"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { reviewedDays } from "@/lib/insight/flags/rule-repeated-failures"
import { isOfStore } from "@/lib/insight/flags/signal-of-store"
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

/** Terminals in service in stores, and how much weaker last week's signals were than before. */
const signalDrops = (db: Db, storeIds: readonly number[]) =>
  db.query<{ id: number; store_id: number; drop: number | null }>(sql`
  select p.terminal_id as id, p.store_id, case when ${isOfStore} then wear.signal_drop_db end as drop
    from terminal_store p
    join store s on s.id = p.store_id
    join terminal_status u on u.terminal_id = p.terminal_id and u.to_at is null and u.status = 'active'
    left join terminal_wear wear on wear.terminal_id = p.terminal_id
   where p.store_id = any(${[...storeIds]}::bigint[]) and p.to_at is null`)

async function signalsAround(
  db: Db,
  rows: readonly FactRow[],
): Promise<(row: FactRow) => TerminalFacts["signal"]> {
  const storeIds = rows.filter((row) => (row.signal_drop_db ?? 0) > 0).map((row) => row.store_id)
  const found = storeIds.length > 0 ? await signalDrops(db, storeIds) : []
  const dropsIn = groupBy(found, (row) => row.store_id)
  return ({ terminal_id: id, store_id: storeId, signal_dbm: level, signal_drop_db: drop }) => {
    if (level === null || drop === null) return null
    const others = (dropsIn.get(storeId) ?? []).filter((row) => row.id !== id)
    const drops = others.flatMap((row) => row.drop ?? [])
    return { level, drop, others: drops.length > 0 ? median(drops) : null, isAlone: others.length === 0 }
  }
}
