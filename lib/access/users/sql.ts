import sql, { type Sql } from "sql-template-tag"
import type { Role } from "@/lib/access/actor/actor"
import type { Reach } from "@/lib/access/actor/schemas"
import { contains } from "@/lib/base/db/contains"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"

export type UserRow = {
  id: string
  email: string
  name: string
  role: Role
  reach: Reach
  has_password: boolean
  has_provider: boolean
  has_second_factor: boolean
  last_sign_in_at: Date | null
  disabled_at: Date | null
  invited_until: Date | null
}

const columns = sql`u.id, u.email, u.name, u.role, u.reach, u.password_hash is not null as has_password,
u.oidc_subject is not null as has_provider,
  u.totp_enabled_at is not null as has_second_factor, u.last_sign_in_at, u.disabled_at,
  (select max(l.expires_at) from account_link l where l.user_id = u.id and l.purpose = 'invitation'
    and l.used_at is null) as invited_until`

const matching = (q: string | undefined): Sql => (q ? contains([sql`u.email`, sql`u.name`], q) : sql`true`)

export const userOrder: ListOrder = {
  list: "users by email",
  keys: [{ value: sql`u.email`, type: "text" }],
}

export const userPage = (db: Db, q: string | undefined, slice: Slice) =>
  db.query<UserRow & { place: Place }>(sql`
  select ${columns}, ${slice.place} as place
    from app_user u
   where ${matching(q)} and ${slice.condition}
  ${slice.ordered}`)

export const allUsers = (q: string | undefined): Sql => sql`select 1 from app_user u where ${matching(q)}`

export const userById = (db: Db, userId: string) =>
  db.query<UserRow>(sql`
  select ${columns} from app_user u where u.id = ${userId}::uuid`)

/** Locks the user and all enabled admins, so that two changes at once cannot remove the last admin. */
export const lockUserAndAdmins = (db: Db, userId: string) =>
  db.query<UserRow>(sql`
  select ${columns}
    from app_user u
   where u.id = ${userId}::uuid or (u.role = 'admin' and u.disabled_at is null)
   order by u.id
     for update of u`)

/** Locks the user, so that one link at a time is made or used. */
export const lockUser = (db: Db, userId: string) =>
  db.query(sql`select id from app_user where id = ${userId}::uuid for update`)

type NewUser = { orgId: string; email: string; role: Role; passwordHash: string; mustChange: boolean }

/** No row if the email already has an account. */
export const insertUser = (db: Db, { orgId, email, role, passwordHash, mustChange }: NewUser) =>
  db.query<{ id: string }>(sql`
  insert into app_user (org_id, email, role, password_hash, must_change_password)
  values (${orgId}::uuid, ${email}, ${role}, ${passwordHash}, ${mustChange})
  on conflict do nothing
  returning id`)

type Invited = { orgId: string; email: string; name: string; role: Role; reach: Reach }

/** No row if the email already has an account. */
export const insertInvited = (db: Db, { orgId, email, name, role, reach }: Invited) =>
  db.query<{ id: string }>(sql`
  insert into app_user (org_id, email, name, role, reach)
  values (${orgId}::uuid, ${email}, ${name}, ${role}, ${reach && JSON.stringify(reach)}::jsonb)
  on conflict do nothing
  returning id`)

type Changed = { userId: string; name: string; role: Role; reach: Reach; isDisabled: boolean }

export const updateUser = (db: Db, { userId, name, role, reach, isDisabled }: Changed) =>
  db.query(sql`
  update app_user
     set name = ${name}, role = ${role}, reach = ${reach && JSON.stringify(reach)}::jsonb,
         disabled_at = case when ${isDisabled}::boolean then coalesce(disabled_at, now()) end
   where id = ${userId}::uuid`)
