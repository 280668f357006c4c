import sql from "sql-template-tag"
import { lookUp, type Db } from "@/lib/db/transaction"
import type { Role, Scope } from "@/lib/access/actor"

export type KeyRow = { id: string; org_id: string; scopes: Scope[] }
export type UserRow = { id: string; org_id: string; email: string; role: Role; password_hash: string; must_change_password: boolean }

export const keyByHash = (hash: Buffer) => lookUp<KeyRow>(sql`select id, org_id, scopes from api_key_by_hash(${hash}::bytea)`)

export const userByEmail = (email: string) => lookUp<UserRow>(sql`
  select id, org_id, email, role, password_hash, must_change_password from user_by_email(${email})`)

export const userById = (id: string) => lookUp<UserRow>(sql`
  select id, org_id, email, role, password_hash, must_change_password from user_by_id(${id}::uuid)`)

export const organisationsLike = (db: Db, name: string | null) => db.query<{ id: string; name: string }>(sql`
  select id, name from organisation
   where ${name}::text is null or name = ${name}::text or id::text = ${name}::text
   order by created_at`)
