import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** Queued or running runs without a worker: the worker died, or the job was never added. */
export const lostRuns = (db: Db) =>
  db.query<{ id: string; org_id: string }>(sql`
  update import_run set worked_until = case when state = 'queued' then now() + interval '5 minutes'
    else worked_until end
   where state in ('queued', 'running') and worked_until < now()
  returning id, org_id`)

export const expireRuns = (db: Db, importIds: readonly string[]) =>
  db.query(sql`
  update import_run set worked_until = now() where id = any(${importIds}::uuid[]) and state = 'running'`)

/** For all organisations, with their rows. */
export const deleteStaleUploads = (db: Db, limit: number) =>
  db.query<{ id: string }>(sql`
  delete from import_run
   where id in (
     select id from import_run
      where (state = 'uploading' and uploaded_at < now() - interval '1 day')
        or (state = 'uploaded' and uploaded_at < now() - interval '7 days')
      limit ${limit})
  returning id`)

export const deleteOldChunks = (db: Db, limit: number) =>
  db.query(sql`
  delete from import_chunk c
   using (select k.import_id, k.number
            from import_run r join import_chunk k on k.import_id = r.id
           where r.finished_at < now() - interval '7 days' and r.state in ('done', 'failed', 'cancelled')
           limit ${limit}) old
   where c.import_id = old.import_id and c.number = old.number
  returning c.number`)

/** The masked copies of files that ended without a start, as a failed dry run does. */
export const deleteOldSources = (db: Db, limit: number) =>
  db.query(sql`
  with old as (
    select id from import_run
     where source is not null and finished_at < now() - interval '7 days'
       and state in ('done', 'failed', 'cancelled')
     limit ${limit}),
  parts as (
    delete from import_source s using old where s.import_id = old.id)
  update import_run r set source = null from old where r.id = old.id
  returning r.id`)

/** Facts about rows that are deleted. */
export const deleteOldFacts = (db: Db, limit: number) =>
  db.query(sql`
  update import_run
     set facts = null
   where id in (
     select id from import_run
      where facts is not null and finished_at < now() - interval '7 days'
        and state in ('done', 'failed', 'cancelled')
      limit ${limit})
  returning id`)

export const deleteOldRejects = (db: Db, limit: number) =>
  db.query(sql`
  delete from import_reject j
   using (select k.import_id, k.line
            from import_run r join import_reject k on k.import_id = r.id
           where r.finished_at < now() - interval '90 days'
           limit ${limit}) old
   where j.import_id = old.import_id and j.line = old.line
  returning j.line`)

export const deleteOldResults = (db: Db, limit: number) =>
  db.query(sql`
  delete from import_result j
   using (select k.import_id, k.line
            from import_run r join import_result k on k.import_id = r.id
           where r.finished_at < now() - interval '90 days'
           limit ${limit}) old
   where j.import_id = old.import_id and j.line = old.line
  returning j.line`)
