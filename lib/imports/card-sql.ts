import sql, { empty } from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

export type Bounds = { org_id: string; min_at: Date; max_at: Date }

/** Runs whose card references are due, the oldest first. */
export const dueRuns = (db: Db, before: Date) => db.query<Bounds & { id: string }>(sql`
  select id, org_id, min_at, max_at
    from import_run
   where started_at < ${before}::timestamptz and card_refs_cleared_at is null and state in ('done', 'failed', 'cancelled') and min_at is not null
   order by started_at
   limit 20`)

export const noteCleared = (db: Db, id: string) => db.query(sql`update import_run set card_refs_cleared_at = now() where id = ${id}::uuid`)

export const keysBefore = (db: Db, before: Date) => db.query<{ id: number; org_id: string }>(sql`
  select id, org_id from card_key where created_at < ${before}::timestamptz`)

export const boundsOfRuns = (db: Db, orgId: string) => db.query<Bounds>(sql`
  select org_id, min_at, max_at from import_run where org_id = ${orgId}::uuid and min_at is not null`)

export const deleteKey = (db: Db, id: number) => db.query(sql`delete from card_key where id = ${id}::bigint`)

export type CardRefs = { orgId: string; from: Date; to: Date; prefix: string; receivedBefore: Date | null }

/** Of a day at most: one partition is read, and few rows are locked. */
export const clearRange = (db: Db, { orgId, from, to, prefix, receivedBefore }: CardRefs) => db.query<{ terminal_id: number }>(sql`
  update transaction set card_ref = null
   where org_id = ${orgId}::uuid and at >= ${from}::timestamptz and at < ${to}::timestamptz and starts_with(card_ref, ${prefix})
     ${receivedBefore === null ? empty : sql`and batch_id in (
       select id from ingest_batch where org_id = ${orgId}::uuid and kind = 'transaction' and received_at < ${receivedBefore}::timestamptz)`}
  returning terminal_id`)
