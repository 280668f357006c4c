import sql from "sql-template-tag"
import type { Scope } from "@/lib/access/actor/actor"
import type { Reach } from "@/lib/access/actor/schemas"
import { lookUp, type Db } from "@/lib/base/db/transaction"

export type KeyRow = {
  id: string
  label: string
  prefix: string
  scopes: Scope[]
  reach: Reach
  created_at: Date
  created_by: string | null
  last_used_at: Date | null
  expires_at: Date | null
  revoked_at: Date | null
  successor_prefix: string | null
}

/** A key that works, with the stores that it sees. */
type WorkingKey = {
  id: string
  org_id: string
  label: string
  scopes: Scope[]
  store_ids: string[] | null
  last_used_at: Date | null
}

export const keyByHash = (hash: Buffer) =>
  lookUp<WorkingKey>(sql`
  select id, org_id, label, scopes, store_ids, last_used_at from api_key_by_hash(${hash}::bytea)`)

const columns = sql`
  k.id, k.label, k.prefix, k.scopes, k.reach, k.created_at, k.created_by, k.last_used_at, k.expires_at,
  k.revoked_at, s.prefix as successor_prefix`

/** Working keys first, then newest first. */
export const keyRows = (db: Db) =>
  db.query<KeyRow>(sql`
  select ${columns}
    from api_key k left join api_key s on s.id = k.successor_id
   order by (k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) desc,
     k.created_at desc, k.id
   limit 1000`)

export const keyRow = (db: Db, id: string) =>
  db.query<KeyRow>(sql`
  select ${columns} from api_key k left join api_key s on s.id = k.successor_id where k.id = ${id}::uuid`)

/** Locks the key. */
export const lockKey = (db: Db, id: string) =>
  db.query(sql`select id from api_key where id = ${id}::uuid for update`)

type Insert = {
  orgId: string
  label: string
  prefix: string
  hash: Buffer
  scopes: readonly Scope[]
  reach: Reach
  expiresAt: string | null
  createdBy: string
}

export const insertKey = (
  db: Db,
  { orgId, label, prefix, hash, scopes, reach, expiresAt, createdBy }: Insert,
) =>
  db.query<{ id: string }>(sql`
  insert into api_key (org_id, label, prefix, key_hash, scopes, reach, expires_at, created_by)
  values (${orgId}::uuid, ${label}, ${prefix}, ${hash}::bytea, ${[...scopes]}::text[],
    ${reach ? JSON.stringify(reach) : null}::jsonb, ${expiresAt}::timestamptz, ${createdBy})
  returning id`)

export const updateKey = (
  db: Db,
  { id, label, expiresAt }: { id: string; label: string; expiresAt: string | null },
) =>
  db.query(sql`
  update api_key set label = ${label}, expires_at = ${expiresAt}::timestamptz where id = ${id}::uuid`)

export const setSuccessor = (
  db: Db,
  { id, successorId, worksUntil }: { id: string; successorId: string; worksUntil: string },
) =>
  db.query(sql`
  update api_key set successor_id = ${successorId}::uuid, expires_at = ${worksUntil}::timestamptz
  where id = ${id}::uuid`)

export const endKey = (db: Db, id: string) =>
  db.query(sql`update api_key set revoked_at = now() where id = ${id}::uuid and revoked_at is null`)

/** Stores that the key is in use, unless that was stored in the last minute. */
export const touchKey = (db: Db, id: string) =>
  db.query(sql`
  update api_key set last_used_at = now() where id = ${id}::uuid
    and (last_used_at is null or last_used_at < now() - interval '1 minute')`)
