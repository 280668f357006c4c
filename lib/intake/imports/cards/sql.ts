import sql, { empty } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

export const lockCardKeys = (db: Db, orgId: string) =>
  db.query(sql`select pg_advisory_xact_lock(hashtext(${`tillwatch:card-key:${orgId}`}))`)

export const newestCardKey = (db: Db, days: number) =>
  db.query<{ id: number; key: Buffer }>(sql`
  select id, key from card_key where created_at > now() - ${days}::int * interval '1 day'
  order by created_at desc, id desc limit 1`)

export const addCardKey = (db: Db, { orgId, key }: { orgId: string; key: Buffer }) =>
  db.query<{ id: number; key: Buffer }>(sql`
  insert into card_key (org_id, key) values (${orgId}::uuid, ${key}::bytea) returning id, key`)

/** Organisations with imports that ended before this time and whose card references are due. */
export const dueOrganisations = (db: Db, before: Date) =>
  db.query<{ org_id: string; run_ids: string[] }>(sql`
  select org_id, array_agg(id::text) as run_ids
    from import_run
   where finished_at < ${before}::timestamptz and card_refs_cleared_at is null
     and state in ('done', 'failed', 'cancelled')
   group by org_id`)

export const noteCleared = (db: Db, runIds: string[]) =>
  db.query(sql`
  update import_run set card_refs_cleared_at = now() where id = any(${runIds}::uuid[])`)

export const keysBefore = (db: Db, before: Date) =>
  db.query<{ id: number; org_id: string }>(sql`
  select id, org_id from card_key where created_at < ${before}::timestamptz`)

export const deleteKey = (db: Db, id: number) => db.query(sql`delete from card_key where id = ${id}::bigint`)

/**
 * The last key of the next page of references, from the index on them. The time is text, which keeps the
 * microseconds.
 */
export const pageEnd = (db: Db, { orgId, after, limit }: { orgId: string; after: string; limit: number }) =>
  db.query<{ until: string | null }>(sql`
  select max(at)::text as until
    from (
      select at from transaction
       where starts_with(card_ref, 'h1:') and org_id = ${orgId}::uuid and at > ${after}::timestamptz
       order by at
       limit ${limit}) page`)

export type CardRefs = {
  orgId: string
  after: string
  until: string
  prefix: string
  receivedBefore: Date | null
}

/** Clears one page. The bounds prune partitions, and few rows are locked. */
export const clearPage = (db: Db, { orgId, after, until, prefix, receivedBefore }: CardRefs) =>
  db.query<{ count: number }>(sql`
  with cleared as (
    update transaction set card_ref = null
     where starts_with(card_ref, 'h1:') and org_id = ${orgId}::uuid and at > ${after}::timestamptz
       and at <= ${until}::timestamptz
       and starts_with(card_ref, ${prefix})
       ${
         receivedBefore === null
           ? empty
           : sql`and batch_id in (
         select id from ingest_batch where org_id = ${orgId}::uuid and kind = 'transaction'
           and received_at < ${receivedBefore}::timestamptz)`
       }
    returning 1)
  select count(*) as count from cleared`)
