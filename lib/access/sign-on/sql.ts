import sql from "sql-template-tag"
import type { Role } from "@/lib/access/actor/actor"
import type { Reach } from "@/lib/access/actor/schemas"
import type { Access } from "@/lib/access/sign-on/combine-access"
import type { MappingRequest } from "@/lib/access/sign-on/schemas"
import type { MappedRole } from "@/lib/access/sign-on/words"
import { lookUp, type Db } from "@/lib/base/db/transaction"

/**
 * What the groups give in an organisation. Without one, what they give in the only organisation that knows
 * them.
 */
export const accessByGroups = ({ groups, orgId }: { groups: string[]; orgId: string | null }) =>
  lookUp<{ organisation_count: number; org_id: string | null; mappings: Access[] | null }>(sql`
  select organisation_count, org_id, mappings from access_by_groups(${groups}::text[], ${orgId}::uuid)`)

export type ProviderUserRow = {
  id: string
  org_id: string
  email: string
  name: string
  role: Role
  reach: Reach
  is_disabled: boolean
  /** True if the user was found by the provider's subject, false if by email. */
  is_linked: boolean
  /** True if the user was invited and has not signed in yet. */
  is_invited: boolean
}

export const userByOidc = ({ subject, email }: { subject: string; email: string | null }) =>
  lookUp<ProviderUserRow>(sql`
  select id, org_id, email, name, role, reach, is_disabled, is_linked, is_invited
  from user_by_oidc(${subject}, ${email})`)

type ProviderUser = { subject: string; email: string; name: string; role: Role; reach: Reach }

const json = (reach: Reach) => (reach === null ? null : JSON.stringify(reach))

export const insertProviderUser = (
  db: Db,
  { orgId, subject, email, name, role, reach }: ProviderUser & { orgId: string },
) =>
  db.query<{ id: string }>(sql`
  insert into app_user (org_id, email, name, role, reach, oidc_subject)
  values (${orgId}::uuid, ${email}, ${name}, ${role}, ${json(reach)}::jsonb, ${subject})
  returning id`)

/**
 * Updates a user and links an invited one to the provider. Never links a user with a password or another
 * subject.
 */
export const updateProviderUser = (
  db: Db,
  { userId, subject, email, name, role, reach }: ProviderUser & { userId: string },
) =>
  db.query<{ id: string }>(sql`
  update app_user
     set email = ${email}, name = ${name}, role = ${role}, reach = ${json(reach)}::jsonb,
         oidc_subject = ${subject}
   where id = ${userId}::uuid and password_hash is null
     and (oidc_subject is null or oidc_subject = ${subject})
  returning id`)

export type MappingRow = { id: number; group: string; role: MappedRole; reach: Reach }

export const mappings = (db: Db) =>
  db.query<MappingRow>(sql`
  select id, group_name as "group", role, reach from group_mapping order by group_name`)

export const mappingOf = (db: Db, group: string) =>
  db.query<MappingRow>(sql`
  select id, group_name as "group", role, reach from group_mapping where group_name = ${group} for update`)

export const saveMapping = (db: Db, { orgId, group, role, reach }: MappingRequest & { orgId: string }) =>
  db.query<MappingRow>(sql`
  insert into group_mapping (org_id, group_name, role, reach)
  values (${orgId}::uuid, ${group}, ${role}, ${json(reach)}::jsonb)
  on conflict (org_id, group_name) do update set role = excluded.role, reach = excluded.reach
  returning id, group_name as "group", role, reach`)

export const deleteMapping = (db: Db, id: number) =>
  db.query<MappingRow>(sql`
  delete from group_mapping where id = ${id}::bigint returning id, group_name as "group", role, reach`)

/** Ends the sessions of all users of the provider, except `except`. */
export const endSessionsOfLinked = (db: Db, except: string) =>
  db.query(sql`
  update session s set ended_at = now()
    from app_user u
   where u.id = s.user_id and u.oidc_subject is not null and u.id::text <> ${except} and s.ended_at is null`)
