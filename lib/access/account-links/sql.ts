import sql from "sql-template-tag"
import type { Purpose } from "@/lib/access/account-links/words"
import { lookUp, type Db } from "@/lib/base/db/transaction"

export type LinkRow = { id: string; org_id: string; user_id: string; purpose: Purpose; email: string }

/** Finds a link by its token's hash. No row if it no longer works or its user is disabled. */
export const linkByHash = (hash: Buffer) =>
  lookUp<LinkRow>(sql`
  select id, org_id, user_id, purpose, email from account_link_by_hash(${hash}::bytea)`)

/**
 * Locks the user, so that one link at a time is used or made. No row for a user of the identity provider,
 * who can have no password.
 */
export const lockLinkUser = (db: Db, userId: string) =>
  db.query<{ id: string }>(sql`
  select id from app_user where id = ${userId}::uuid and disabled_at is null
    and oidc_subject is null for update`)

/** Deletes the user's unused links. */
export const deleteLinks = (db: Db, userId: string) =>
  db.query(sql`delete from account_link where user_id = ${userId}::uuid and used_at is null`)

type NewLink = { orgId: string; userId: string; purpose: Purpose; hash: Buffer; hours: number }

export const insertLink = (db: Db, { orgId, userId, purpose, hash, hours }: NewLink) =>
  db.query<{ id: string; expires_at: Date }>(sql`
  insert into account_link (org_id, user_id, purpose, token_hash, expires_at)
  values (${orgId}::uuid, ${userId}::uuid, ${purpose}, ${hash}::bytea,
    now() + ${hours}::int * interval '1 hour')
  returning id, expires_at`)

export type SecondToken = {
  id: string
  purpose: Purpose
  email: string
  organisation: string
  language: string
}

/** Adds a second token for a link that still works, with the same expiry. */
export const insertSecondToken = (db: Db, { linkId, hash }: { linkId: string; hash: Buffer }) =>
  db.query<SecondToken>(sql`
  with twin as (
    insert into account_link (org_id, user_id, purpose, token_hash, expires_at)
    select l.org_id, l.user_id, l.purpose, ${hash}::bytea, l.expires_at
      from account_link l
     where l.id = ${linkId}::uuid and l.used_at is null and l.expires_at > now()
    returning id, org_id, user_id, purpose)
  select t.id, t.purpose, u.email, o.name as organisation, o.language
    from twin t
    join app_user u on u.id = t.user_id and u.disabled_at is null
    join organisation o on o.id = t.org_id`)

export type ResettableUser = {
  org_id: string
  user_id: string
  email: string
  organisation: string
  language: string
}

/** Finds the user of an email, if they have a password and no link was made in the last `minutes`. */
export const resettableUser = (db: Db, { email, minutes }: { email: string; minutes: number }) =>
  db.query<ResettableUser>(sql`
  select u.org_id, u.id as user_id, u.email, o.name as organisation, o.language
    from app_user u
    join organisation o on o.id = u.org_id
   where u.email = lower(${email}) and u.disabled_at is null and u.password_hash is not null
     and not exists (
       select from account_link l
        where l.user_id = u.id and l.used_at is null and l.expires_at > now()
          and l.created_at > now() - ${minutes}::int * interval '1 minute')
     for update of u`)

export const deleteLink = (db: Db, linkId: string) =>
  db.query(sql`delete from account_link where id = ${linkId}::uuid`)

/** Marks the link as used. No row if it was used before or has expired. */
export const useLink = (db: Db, hash: Buffer) =>
  db.query<{ id: string }>(sql`
  update account_link set used_at = now()
   where token_hash = ${hash}::bytea and used_at is null and expires_at > now()
  returning id`)

/** Deletes links that were made before `before`, at most `limit`. */
export const deleteLinksBefore = (db: Db, { before, limit }: { before: Date; limit: number }) =>
  db.query<{ id: string }>(sql`
  delete from account_link where id in (
    select id from account_link where created_at < ${before}::timestamptz order by created_at
    limit ${limit}::int for update skip locked)
  returning id`)
