import sql from "sql-template-tag"
import type { Role } from "@/lib/access/actor/actor"
import type { Reach } from "@/lib/access/actor/schemas"
import type { Db } from "@/lib/base/db/transaction"

type AccountRow = {
  email: string
  name: string
  role: Role
  reach: Reach
  has_password: boolean
  is_totp_on: boolean
  recovery_codes_left: number
}

export const accountById = (db: Db, userId: string) =>
  db.query<AccountRow>(sql`
  select u.email, u.name, u.role, u.password_hash is not null as has_password,
         u.totp_enabled_at is not null as is_totp_on,
         (select count(*)::int from recovery_code c where c.user_id = u.id
           and c.used_at is null) as recovery_codes_left, u.reach
    from app_user u
   where u.id = ${userId}::uuid`)

/** Renames a user and returns the former name. No row if the name is the same. */
export const renameUser = (db: Db, { userId, name }: { userId: string; name: string }) =>
  db.query<{ former: string }>(sql`
  with former as (select id, name from app_user where id = ${userId}::uuid for update)
  update app_user u set name = ${name} from former f where u.id = f.id and f.name <> ${name}
  returning f.name as former`)

type SessionRow = {
  id: string
  user_agent: string | null
  address: string | null
  created_at: Date
  last_seen_at: Date
}

/** Lists the user's open sessions, most recently used first. */
export const liveSessions = (
  db: Db,
  { userId, idleSeconds, absoluteSeconds }: { userId: string; idleSeconds: number; absoluteSeconds: number },
) =>
  db.query<SessionRow>(sql`
  select id, user_agent, address, created_at, last_seen_at
    from session
   where user_id = ${userId}::uuid and ended_at is null
     and last_seen_at > now() - ${idleSeconds} * interval '1 s'
       and created_at > now() - ${absoluteSeconds} * interval '1 s'
   order by last_seen_at desc, id
   limit 100`)

export const endSessionOfUser = (db: Db, { userId, sessionId }: { userId: string; sessionId: string }) =>
  db.query<{ address: string | null }>(sql`
  update session set ended_at = now()
   where id = ${sessionId}::uuid and user_id = ${userId}::uuid and ended_at is null
  returning address`)
