import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** Age of the oldest batch that waits, of any organisation; one look into the index for each. */
export const foldLag = (db: Db) =>
  db.query<{ seconds: number }>(sql`
  select coalesce(extract(epoch from now() - min(b.received_at)), 0)::float8 as seconds
    from organisation o
    cross join lateral (
      select received_at from ingest_batch where org_id = o.id and folded_at is null order by id limit 1) b`)

/** When each of the worker's loops last ended a round. */
export const loopRuns = (db: Db) =>
  db.query<{ name: string; finished_at: Date; seconds_ago: number }>(sql`
  select name, finished_at, extract(epoch from now() - finished_at)::float8 as seconds_ago from loop_run order by name`)

export const liveFlagCounts = (db: Db) =>
  db.query<{ kind: string; status: string; count: number }>(sql`
  select kind, status, count(*)::int as count from flag where status <> 'closed' group by kind, status`)
