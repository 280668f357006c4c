import sql from "sql-template-tag"
import { rawFrom } from "@/lib/base/db/kept"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"

export type FoundCode = { code_system: string; code: string; id: number; cause: Cause | "none" }

/** Finds codes in the organisation's newest pack, then in the newest shipped pack. */
export const findCodes = (db: Db, { codeSystems, codes }: { codeSystems: string[]; codes: string[] }) =>
  db.query<FoundCode>(sql`
  with active as (
    select distinct on (code_system, org_id is null) code_system, id, org_id is null as is_shipped
      from code_pack
     where code_system = any(${codeSystems}::text[])
     order by code_system, org_id is null, version desc)
  select distinct on (a.code_system, c.code) a.code_system, c.code, c.id, c.cause
    from unnest(${codeSystems}::text[], ${codes}::text[]) as sent (code_system, code)
    join active a on a.code_system = sent.code_system
    join response_code c on c.pack_id = a.id and c.code = sent.code
   order by a.code_system, c.code, a.is_shipped`)

/** The number of code systems that have each code, and in how many of them it is an approval. */
export const countMeanings = (db: Db, codes: string[]) =>
  db.query<{ code: string; tables: number; approvals: number }>(sql`
  with active as (
    select distinct on (code_system, org_id is null) code_system, id, org_id is null as is_shipped
      from code_pack
     order by code_system, org_id is null, version desc),
  found as (
    select distinct on (a.code_system, c.code) c.code, c.cause
      from active a
      join response_code c on c.pack_id = a.id and c.code = any(${codes}::text[])
     order by a.code_system, c.code, a.is_shipped)
  select code, count(*)::int as tables, (count(*) filter (where cause = 'none'))::int as approvals
    from found
   group by code`)

type Unmapped = { codeSystem: string; code: string; count: number }

export const addUnmappedCodes = (db: Db, codes: Unmapped[]) =>
  db.query(sql`
  insert into unmapped_code as u (org_id, code_system, code, first_seen_at, last_seen_at, seen_count)
  select ${ownOrg}, c."codeSystem", c.code, now(), now(), c.count
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) as c ("codeSystem" text, code text, count bigint)
   order by 2, 3
  on conflict (org_id, code_system, code) do update
     set last_seen_at = excluded.last_seen_at, seen_count = u.seen_count + excluded.seen_count`)

/** Locks a code system until the transaction ends, so that uploads run one at a time. */
export const lockPack = (db: Db, codeSystem: string) =>
  db.query(sql`
  select pg_advisory_xact_lock(
    hashtextextended('code-pack:' || current_setting('app.org_id') || ':' || ${codeSystem}, 0))`)

/**
 * Stores the organisation's pack as its next version. Returns the newest version if it has the same codes.
 */
export const insertPack = (db: Db, { codeSystem, codes }: { codeSystem: string; codes: string }) =>
  db.query<{ version: number }>(sql`
  with given as (
    select *
    from jsonb_to_recordset(${codes}::jsonb) as g (code text, cause text, subcause text, remedy text,
      retry text,
      device_attributable text, confidence text, meaning_en text, meaning_zh text)),
  newest as (
    select id, version from code_pack where code_system = ${codeSystem} and org_id is not null
    order by version desc limit 1),
  stored as (
    select code, cause, subcause, remedy, retry, device_attributable, confidence, meaning_en, meaning_zh
      from response_code where pack_id = (select id from newest)),
  pack as (
    insert into code_pack (org_id, code_system, version)
    select ${ownOrg}, ${codeSystem}, coalesce((select version from newest), 0) + 1
     where exists (table given except table stored) or exists (table stored except table given)
    returning id, org_id, version),
  codes as (
    insert into response_code (org_id, pack_id, code, cause, subcause, remedy, retry, device_attributable,
      confidence, meaning_en, meaning_zh)
    select pack.org_id, pack.id, given.* from pack, given)
  select version from pack
  union all
  select version from newest where not exists (select 1 from pack)`)

/**
 * Updates sales in raw retention whose code now has another cause or subcause, in one batch for each day,
 * which the fold then recounts. Codes that no table knows any more become unmapped.
 */
export const rebookTransactions = async (db: Db, codeSystem: string): Promise<number> => {
  const [row] = await db.query<{ count: number }>(sql`
    with active as (
      select distinct on (org_id is null) id, org_id is null as is_shipped
        from code_pack
       where code_system = ${codeSystem}
       order by org_id is null, version desc),
    meaning as (
      select distinct on (c.code) c.code, c.id, c.cause, c.subcause
        from active a
        join response_code c on c.pack_id = a.id
       order by c.code, a.is_shipped),
    oldest as (select ${rawFrom} as at),
    changed as materialized (
      select t.terminal_id, t.id, t.at, (t.at at time zone 'UTC')::date as day, n.id as response_code_id
        from transaction t
        left join response_code b on b.id = t.response_code_id
        left join meaning n on n.code = trim(t.code)
       where t.code_system = ${codeSystem} and t.code is not null
         -- A clock may be off by up to seven days: at prunes partitions, the corrected time decides.
         and t.at >= (select at from oldest) - interval '7 days' and t.at < now() + interval '8 days'
         and t.at + t.clock_offset_ms * interval '1 ms' >= (select at from oldest)
         and (b.cause, b.subcause) is distinct from (n.cause, n.subcause)),
    batch as materialized (
      select day, nextval(pg_get_serial_sequence('ingest_batch', 'id')) as id
      from (select distinct day from changed order by day) days),
    moved as (
      update transaction t
         set response_code_id = c.response_code_id, batch_id = batch.id
        from changed c
        join batch using (day)
       where t.terminal_id = c.terminal_id and t.id = c.id and t.at = c.at
         and t.at >= (select at from oldest) - interval '7 days' and t.at < now() + interval '8 days'
      returning t.org_id, t.batch_id, t.at, trim(t.code) as code, t.response_code_id),
    queued as (
      insert into ingest_batch (id, org_id, kind, row_count, min_at, max_at)
      select batch_id, org_id, 'transaction', count(*), min(at), max(at) + interval '1 ms' from moved
      group by 1, 2 order by 1),
    unmapped as (
      insert into unmapped_code as u (org_id, code_system, code, first_seen_at, last_seen_at, seen_count)
      select org_id, ${codeSystem}, code, min(at), max(at), count(*) from moved
      where response_code_id is null group by 1, 3 order by 3
      on conflict (org_id, code_system, code) do update
         set last_seen_at = greatest(u.last_seen_at, excluded.last_seen_at),
             seen_count = u.seen_count + excluded.seen_count)
    select count(*) as count from moved`)
  return row?.count ?? 0
}

/** Locks rows in the order in which ingest adds them. */
export const removeMappedCodes = (db: Db, codeSystem: string) =>
  db.query(sql`
  with mapped as (
    select u.code
      from unmapped_code u
     where u.code_system = ${codeSystem}
       and exists (
         select 1 from response_code c
          where c.code = u.code
            and c.pack_id = (select id from code_pack where code_system = ${codeSystem}
              and org_id is not null order by version desc limit 1))
     order by u.code
       for update of u)
  delete from unmapped_code u using mapped where u.code_system = ${codeSystem} and u.code = mapped.code`)

export type PackRow = {
  code_system: string
  is_own: boolean
  version: number
  code_count: number
  created_at: Date
}

/** All versions: own packs before shipped ones, newest first. */
export const listPacks = (db: Db) =>
  db.query<PackRow>(sql`
  select p.code_system, p.org_id is not null as is_own, p.version, count(c.id) as code_count, p.created_at
    from code_pack p
    left join response_code c on c.pack_id = p.id
   group by p.id
   order by p.code_system, is_own desc, p.version desc`)

export type UnmappedRow = {
  code_system: string
  code: string
  seen_count: number
  first_seen_at: Date
  last_seen_at: Date
}

export const listUnmapped = (db: Db) =>
  db.query<UnmappedRow>(sql`
  select code_system, code, seen_count, first_seen_at, last_seen_at
    from unmapped_code
   order by seen_count desc, code_system, code
   limit 1000`)
