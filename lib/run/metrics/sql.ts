import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** Age of the oldest waiting batch of all organisations, with one index look-up for each. */
export const oldestBatch = (db: Db) =>
  db.query<{ seconds: number }>(sql`
  select coalesce(extract(epoch from now() - min(b.received_at)), 0)::float8 as seconds
    from organisation o
    cross join lateral (
      select received_at from ingest_batch where org_id = o.id and folded_at is null order by id limit 1) b`)

export const liveFlagCounts = (db: Db) =>
  db.query<{ kind: string; status: string; count: number }>(sql`
  select kind, status, count(*)::int as count from flag where status <> 'closed' group by kind, status`)
