import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

/** Organisations with batches that wait. */
export const waitingOrganisations = (db: Db) => db.query<{ org_id: string; hour_retention_days: number }>(sql`
  select o.id as org_id, o.hour_retention_days
    from organisation o
   where exists (select 1 from ingest_batch b where b.org_id = o.id and b.folded_at is null)`)

/** One fold at a time an organisation; held until the transaction ends. */
export const tryLock = (db: Db, orgId: string) => db.query<{ locked: boolean }>(sql`
  select pg_try_advisory_xact_lock(hashtextextended('fold:' || ${orgId}, 0)) as locked`)

export type Claim = { ids: number[]; from: Date | null; to: Date | null; rows: number }

/** The oldest waiting batches, as many as `mostRows` rows allow and one at least. `from` and `to` bound their rows' `at`. */
export const claimBatches = (db: Db, orgId: string, mostRows: number) => db.query<Claim>(sql`
  with waiting as (
    select id, min_at, max_at, row_count
      from ingest_batch
     where org_id = ${orgId}::uuid and folded_at is null
     order by id
     limit 500
       for update skip locked),
  claimed as (
    select w.*, sum(row_count) over (order by id rows between unbounded preceding and 1 preceding) as before from waiting w)
  select coalesce(array_agg(id), '{}') as ids, min(min_at) as "from", max(max_at) + interval '1 ms' as "to",
         coalesce(sum(row_count), 0)::int as rows
    from claimed
   where coalesce(before, 0) < ${mostRows}::int`)

export const markFolded = (db: Db, ids: number[]) => db.query(sql`
  update ingest_batch set folded_at = now() where id = any(${ids}::bigint[])`)
