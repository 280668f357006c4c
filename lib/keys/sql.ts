import sql from "sql-template-tag"
import type { Scope } from "@/lib/access/actor"
import type { Db } from "@/lib/db/transaction"
import type { KeyReach } from "@/lib/keys/schemas"

export type KeyRow = {
  id: string; label: string; prefix: string; scopes: Scope[]; reach: KeyReach | null; places: string[]
  created_at: Date; created_by: string | null; last_used_at: Date | null; expires_at: Date | null; revoked_at: Date | null
  successor_prefix: string | null
}

const columns = sql`
  k.id, k.label, k.prefix, k.scopes, k.reach, k.created_at, k.created_by, k.last_used_at, k.expires_at, k.revoked_at, s.prefix as successor_prefix,
  array(
    select m.name from merchant m where m.id in (select value::bigint from jsonb_array_elements_text(k.reach -> 'merchants'))
    union all
    select r.name from region r where r.id in (select value::bigint from jsonb_array_elements_text(k.reach -> 'regions'))
    union all
    select t.name from store t where t.id in (select value::bigint from jsonb_array_elements_text(k.reach -> 'stores'))) as places`

/** Those that work come first, newest first. */
export const keyRows = (db: Db) => db.query<KeyRow>(sql`
  select ${columns}
    from api_key k left join api_key s on s.id = k.successor_id
   order by (k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) desc, k.created_at desc, k.id
   limit 1000`)

export const keyRow = (db: Db, id: string) => db.query<KeyRow>(sql`
  select ${columns} from api_key k left join api_key s on s.id = k.successor_id where k.id = ${id}::uuid`)

/** Keeps others from changing the key meanwhile. */
export const lockKey = (db: Db, id: string) => db.query(sql`select id from api_key where id = ${id}::uuid for update`)

type Insert = { orgId: string; label: string; prefix: string; hash: Buffer; scopes: readonly Scope[]; reach: KeyReach | null; expiresAt: string | null; createdBy: string }

export const insertKey = (db: Db, { orgId, label, prefix, hash, scopes, reach, expiresAt, createdBy }: Insert) => db.query<{ id: string }>(sql`
  insert into api_key (org_id, label, prefix, key_hash, scopes, reach, expires_at, created_by)
  values (${orgId}::uuid, ${label}, ${prefix}, ${hash}::bytea, ${[...scopes]}::text[], ${reach ? JSON.stringify(reach) : null}::jsonb, ${expiresAt}::timestamptz, ${createdBy})
  returning id`)

export const updateKey = (db: Db, { id, label, expiresAt }: { id: string; label: string; expiresAt: string | null }) => db.query(sql`
  update api_key set label = ${label}, expires_at = ${expiresAt}::timestamptz where id = ${id}::uuid`)

export const setSuccessor = (db: Db, { id, successorId, worksUntil }: { id: string; successorId: string; worksUntil: string }) => db.query(sql`
  update api_key set successor_id = ${successorId}::uuid, expires_at = ${worksUntil}::timestamptz where id = ${id}::uuid`)

export const endKey = (db: Db, id: string) => db.query(sql`update api_key set revoked_at = now() where id = ${id}::uuid and revoked_at is null`)

/** Notes that the key is in use, if that was not noted within the last minute. */
export const touchKey = (db: Db, id: string) => db.query(sql`
  update api_key set last_used_at = now() where id = ${id}::uuid and (last_used_at is null or last_used_at < now() - interval '1 minute')`)

/** How many of the places there are. */
export const countPlaces = (db: Db, { merchants, regions, stores }: KeyReach) => db.query<{ count: number }>(sql`
  select (select count(*) from merchant where id = any(${merchants}::bigint[]))
       + (select count(*) from region where id = any(${regions}::bigint[]))
       + (select count(*) from store where id = any(${stores}::bigint[])) as count`)

export type Place = { kind: "merchant" | "region" | "store"; id: number; name: string }

export const placeRows = (db: Db) => db.query<Place>(sql`
  select 'merchant' as kind, id, name from merchant
  union all
  select 'region', r.id, m.name || ' · ' || r.name from region r join merchant m on m.id = r.merchant_id
  union all
  select 'store', id, case when name = code then name else name || ' (' || code || ')' end from store
   order by 1, 3
   limit 5000`)

export const storesByCode = (db: Db, codes: string[]) => db.query<{ id: number; code: string }>(sql`
  select id, code from store where code = any(${codes}::text[])`)
