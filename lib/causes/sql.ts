import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

export type FoundCode = { code_system: string; code: string; id: number }

/** The rows of the active packs for pairs of code system and code: the organisation's newest pack, else the newest shipped one. */
export const findCodes = (db: Db, { codeSystems, codes }: { codeSystems: string[]; codes: string[] }) => db.query<FoundCode>(sql`
  with active as (
    select distinct on (code_system) code_system, id
      from code_pack
     where code_system = any(${codeSystems}::text[])
     order by code_system, org_id is null, version desc)
  select a.code_system, c.code, c.id
    from unnest(${codeSystems}::text[], ${codes}::text[]) as sent (code_system, code)
    join active a on a.code_system = sent.code_system
    join response_code c on c.pack_id = a.id and c.code = sent.code`)

type Unmapped = { codeSystem: string; code: string; count: number }

export const addUnmappedCodes = (db: Db, codes: Unmapped[]) => db.query(sql`
  insert into unmapped_code as u (org_id, code_system, code, first_seen_at, last_seen_at, seen_count)
  select nullif(current_setting('app.org_id', true), '')::uuid, c."codeSystem", c.code, now(), now(), c.count
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as c ("codeSystem" text, code text, count bigint)
   order by 2, 3
  on conflict (org_id, code_system, code) do update
     set last_seen_at = excluded.last_seen_at, seen_count = u.seen_count + excluded.seen_count`)

/** The next version of the organisation's own pack, with its codes. */
export const insertPack = (db: Db, { codeSystem, codes }: { codeSystem: string; codes: string }) => db.query<{ id: number; version: number }>(sql`
  with pack as (
    insert into code_pack (org_id, code_system, version)
    select nullif(current_setting('app.org_id', true), '')::uuid, ${codeSystem}, coalesce(max(version), 0) + 1
      from code_pack where code_system = ${codeSystem} and org_id is not null
    returning id, org_id, version),
  codes as (
    insert into response_code (org_id, pack_id, code, cause, subcause, remedy, retry, device_attributable, confidence, meaning_en, meaning_zh)
    select pack.org_id, pack.id, g.*
      from pack, jsonb_to_recordset(${codes}::jsonb) as g (code text, cause text, subcause text, remedy text, retry text,
        device_attributable text, confidence text, meaning_en text, meaning_zh text))
  select id, version from pack`)

/** Gives sales within raw retention the meaning that the newest pack has for their code, as a batch that the fold counts anew. */
export const rebookTransactions = async (db: Db, codeSystem: string): Promise<number> => {
  const [row] = await db.query<{ count: number }>(sql`
    with active as (
      select id from code_pack where code_system = ${codeSystem} and org_id is not null order by version desc limit 1),
    batch as (select nextval(pg_get_serial_sequence('ingest_batch', 'id')) as id),
    moved as (
      update transaction t
         set response_code_id = c.id, batch_id = batch.id
        from batch, response_code c
       where t.code_system = ${codeSystem} and c.pack_id = (select id from active) and c.code = trim(t.code)
         and t.response_code_id is distinct from c.id
         and t.at >= now() - (select raw_retention_days from organisation where id = t.org_id) * interval '1 day' - interval '7 days'
         and t.at < now() + interval '8 days'
      returning t.org_id, t.at),
    queued as (
      insert into ingest_batch (id, org_id, kind, row_count, min_at, max_at)
      select batch.id, moved.org_id, 'transaction', count(*), min(moved.at), max(moved.at) + interval '1 ms'
        from moved, batch group by 1, 2)
    select count(*) as count from moved`)
  return row?.count ?? 0
}

export const removeMappedCodes = (db: Db, codeSystem: string) => db.query(sql`
  delete from unmapped_code u
   where u.code_system = ${codeSystem}
     and exists (
       select 1 from response_code c
        where c.code = u.code
          and c.pack_id = (select id from code_pack where code_system = ${codeSystem} and org_id is not null order by version desc limit 1))`)

export type PackRow = { code_system: string; version: number; own: boolean; codes: number; created_at: Date }

export const listPacks = (db: Db) => db.query<PackRow>(sql`
  select p.code_system, p.version, p.org_id is not null as own, count(c.id) as codes, p.created_at
    from code_pack p
    left join response_code c on c.pack_id = p.id
   group by p.id
   order by p.code_system, own desc, p.version desc`)

export type UnmappedRow = { code_system: string; code: string; seen_count: number; first_seen_at: Date; last_seen_at: Date }

export const listUnmapped = (db: Db) => db.query<UnmappedRow>(sql`
  select code_system, code, seen_count, first_seen_at, last_seen_at from unmapped_code order by seen_count desc, code_system, code limit 1000`)
