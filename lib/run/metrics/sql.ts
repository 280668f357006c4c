import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** Age of the oldest waiting batch of all organisations. Few batches wait, and an index has these alone. */
export const oldestBatch = (db: Db) =>
  db.query<{ seconds: number }>(sql`
  select coalesce(extract(epoch from now() - min(received_at)), 0)::float8 as seconds
    from ingest_batch where folded_at is null`)

export const liveFlagCounts = (db: Db) =>
  db.query<{ kind: string; status: string; count: number }>(sql`
  select kind, status, count(*)::int as count from flag where status <> 'closed' group by kind, status`)
