import sql, { raw, type Sql } from "sql-template-tag"
import { byInsert } from "@/lib/base/db/by-insert"
import { rawFrom } from "@/lib/base/db/kept"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import type { CurrentCode } from "@/lib/fleet/code-packs/schemas"

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

const given = (codes: string) => sql`
  jsonb_to_recordset(${codes}::jsonb) as g (code text, cause text, subcause text, remedy text, retry text,
    device_attributable text, confidence text, meaning_en text, meaning_zh text)`
const meaning = raw(
  "code, cause, subcause, remedy, retry, device_attributable, confidence, meaning_en, meaning_zh",
)

/** The organisation's newest pack, and whether it has exactly these codes. */
const newestPack = (db: Db, { codeSystem, codes }: { codeSystem: string; codes: string }) =>
  db.query<{ version: number; is_same: boolean }>(sql`
  with newest as (
    select id, version from code_pack where code_system = ${codeSystem} and org_id is not null
    order by version desc limit 1),
  stored as (
    select ${meaning} from response_code where pack_id = (select id from newest)),
  sent as (select ${meaning} from ${given(codes)})
  select version,
         not exists (table sent except table stored)
           and not exists (table stored except table sent) as is_same
    from newest`)

type NewPack = { codeSystem: string; codes: string; by: string }

const addPack = (db: Db, { codeSystem, by, version }: Omit<NewPack, "codes"> & { version: number }) =>
  db.query<{ id: number }>(sql`
  insert into code_pack (org_id, code_system, version, made_by)
  values (${ownOrg}, ${codeSystem}, ${version}::int, ${by}) returning id`)

const addCodes = (db: Db, packId: number, codes: string) =>
  db.query(sql`
  insert into response_code (org_id, pack_id, ${meaning})
  select ${ownOrg}, ${packId}::bigint, ${meaning} from ${given(codes)}
  ${byInsert}`)

/**
 * Stores the organisation's pack as its next version. Returns the newest version if it has the same codes.
 */
export async function insertPack(db: Db, pack: NewPack): Promise<number> {
  const [newest] = await newestPack(db, pack)
  if (newest?.is_same) return newest.version
  const version = (newest?.version ?? 0) + 1
  const [added] = await addPack(db, { ...pack, version })
  if (!added) throw new Error("no row returned for the stored pack")
  await addCodes(db, added.id, pack.codes)
  return version
}

/** A meaning of a code: its row in a code table. */
export type Meaning = {
  code: string
  id: number
  cause: string
  subcause: string
  confidence: string
  device_attributable: string
}

/** The table `active`: the organisation's newest pack of a system and the newest shipped one. */
const activePacks = (codeSystem: string): Sql => sql`
  active as (
    select distinct on (org_id is null) id, org_id is null as is_shipped
      from code_pack
     where code_system = ${codeSystem}
     order by org_id is null, version desc)`

/** What the codes of a system mean now. */
export const meaningsOf = (db: Db, codeSystem: string) =>
  db.query<Meaning>(sql`
  with ${activePacks(codeSystem)}
  select distinct on (c.code) c.code, c.id, c.cause, c.subcause, c.confidence, c.device_attributable
    from active a
    join response_code c on c.pack_id = a.id
   order by c.code, a.is_shipped`)

/** All that is known of the codes of a system now. */
export const currentCodes = (db: Db, codeSystem: string) =>
  db.query<CurrentCode>(sql`
  with ${activePacks(codeSystem)}
  select distinct on (c.code) c.code, c.cause, c.subcause, c.remedy, c.retry, c.device_attributable,
         c.confidence, c.meaning_en, c.meaning_zh, not a.is_shipped as "isOwn"
    from active a
    join response_code c on c.pack_id = a.id
   order by c.code, a.is_shipped
   limit 10000`)

/** The id of the organisation's newest pack of a system. */
const ownPack = (codeSystem: string): Sql => sql`(
  select id from code_pack where code_system = ${codeSystem}
     and org_id is not null order by version desc limit 1)`

/** The codes of the organisation's newest pack. */
export const ownCodes = (db: Db, codeSystem: string) =>
  db.query<Omit<CurrentCode, "isOwn">>(sql`
  select ${meaning} from response_code
   where pack_id = ${ownPack(codeSystem)}
   order by code`)

export const meaningsById = (db: Db, ids: readonly number[]) =>
  db.query<Meaning>(sql`
  select code, id, cause, subcause, confidence, device_attributable
    from response_code where id = any(${[...ids]}::bigint[])`)

/**
 * Sales `h` with a code of the system, in raw retention. A clock may be off by up to seven days. An update on
 * a cluster cannot compute corrected times; a sale too many is only counted again.
 */
export const codedSales = (codeSystem: string, from: Date): Sql => sql`
  h.code_system = ${codeSystem} and h.code is not null
  and h.at >= ${from}::timestamptz - interval '7 days' and h.at < now() + interval '8 days'
  and (h.clock_offset_ms <> 0 or h.at >= ${from}::timestamptz)`

export const rawSince = (db: Db) => db.query<{ at: Date }>(sql`select ${rawFrom} as at`)

/** A code as sent, and what it meant when it was stored. */
export const bookedKey = sql`trim(h.code) || ' ' || coalesce(h.response_code_id, 0)::text`

export type Booked = {
  code: string
  response_code_id: number | null
  key: string
  count: number
  first_at: Date
  last_at: Date
}

export const bookedCodes = (db: Db, sales: Sql) =>
  db.query<Booked>(sql`
  select trim(h.code) as code, h.response_code_id, ${bookedKey} as key, count(*) as count,
         min(h.at) as first_at, max(h.at) as last_at
    from transaction h
   where ${sales}
   group by 1, 2, 3`)

type Unknown = { code: string; count: number; firstAt: Date; lastAt: Date }

/** Notes codes that no table knows any more. */
export const addForgottenCodes = (db: Db, codeSystem: string, codes: Unknown[]) =>
  db.query(sql`
  insert into unmapped_code as u (org_id, code_system, code, first_seen_at, last_seen_at, seen_count)
  select ${ownOrg}, ${codeSystem}, c.code, min(c."firstAt"), max(c."lastAt"), sum(c.count)
    from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb)
      as c (code text, count bigint, "firstAt" timestamptz, "lastAt" timestamptz)
   group by 3
   order by 3
  on conflict (org_id, code_system, code) do update
     set last_seen_at = greatest(u.last_seen_at, excluded.last_seen_at),
         seen_count = u.seen_count + excluded.seen_count`)

/** Unmapped codes that the organisation's newest pack has. */
export const nowMappedCodes = (db: Db, codeSystem: string) =>
  db.query<{ code: string }>(sql`
  select u.code
    from unmapped_code u
    join response_code c on c.code = u.code
   where u.code_system = ${codeSystem}
     and c.pack_id = ${ownPack(codeSystem)}`)

/** Locks rows in the order in which ingest adds them. */
export const removeUnmappedCodes = (db: Db, codeSystem: string, codes: readonly string[]) =>
  db.query(sql`
  with mapped as (
    select code from unmapped_code
     where code_system = ${codeSystem} and code = any(${[...codes]}::text[])
     order by code
       for update)
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

/** The newest version of each code table: the organisation's own and the shipped one. */
export const newestVersions = (db: Db) =>
  db.query<{ codeSystem: string; own: number | null; shipped: number | null }>(sql`
  select code_system as "codeSystem", max(version) filter (where org_id is not null) as own,
         max(version) filter (where org_id is null) as shipped
    from code_pack
   group by 1
   order by 1`)

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
