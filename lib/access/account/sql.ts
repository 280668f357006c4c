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
  select u.email, u.name, u.role, u.password_hash is not null as has_password, u.totp_enabled_at is not null as is_totp_on,
         (select count(*)::int from recovery_code c where c.user_id = u.id and c.used_at is null) as recovery_codes_left, u.reach
    from app_user u
   where u.id = ${userId}::uuid`)

/** Gives a user another name; answers the former one, and no row where it is the same. */
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

/** The sessions of a user that are not over, used last first. */
export const liveSessions = (
  db: Db,
  { userId, idleSeconds, absoluteSeconds }: { userId: string; idleSeconds: number; absoluteSeconds: number },
) =>
  db.query<SessionRow>(sql`
  select id, user_agent, address, created_at, last_seen_at
    from session
   where user_id = ${userId}::uuid and ended_at is null
     and last_seen_at > now() - ${idleSeconds} * interval '1 s' and created_at > now() - ${absoluteSeconds} * interval '1 s'
   order by last_seen_at desc, id
   limit 100`)

export const endSessionOfUser = (db: Db, { userId, sessionId }: { userId: string; sessionId: string }) =>
  db.query<{ address: string | null }>(sql`
  update session set ended_at = now()
   where id = ${sessionId}::uuid and user_id = ${userId}::uuid and ended_at is null
  returning address`)

/** Keeps the secret of a second factor that is being set up; no row where one is on. */
export const keepTotpSecret = (db: Db, { userId, sealed }: { userId: string; sealed: Buffer }) =>
  db.query<{ id: string }>(sql`
  update app_user set totp_secret = ${sealed}::bytea where id = ${userId}::uuid and totp_enabled_at is null
  returning id`)

export const turnTotpOn = (db: Db, userId: string) =>
  db.query(sql`
  update app_user set totp_enabled_at = now() where id = ${userId}::uuid`)

/** Forgets a second factor and its recovery codes; no row where none was on. */
export const turnTotpOff = (db: Db, userId: string) =>
  db.query<{ id: string }>(sql`
  with codes as (delete from recovery_code where user_id = ${userId}::uuid)
  update app_user set totp_secret = null, totp_enabled_at = null, totp_last_step = null
   where id = ${userId}::uuid and totp_enabled_at is not null
  returning id`)

export const deleteRecoveryCodes = (db: Db, userId: string) =>
  db.query(sql`
  delete from recovery_code where user_id = ${userId}::uuid`)

export const insertRecoveryCodes = (
  db: Db,
  { orgId, userId, hashes }: { orgId: string; userId: string; hashes: Buffer[] },
) =>
  db.query(sql`
  insert into recovery_code (org_id, user_id, code_hash)
  select ${orgId}::uuid, ${userId}::uuid, hash from unnest(${hashes}::bytea[]) as hash`)
