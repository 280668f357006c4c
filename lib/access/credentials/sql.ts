import sql from "sql-template-tag"
import { lookUp, type Db } from "@/lib/base/db/transaction"

export type CredentialRow = {
  id: string
  org_id: string
  password_hash: string | null
  totp_enabled: boolean
}

export const credentialsByEmail = (email: string) =>
  lookUp<CredentialRow>(sql`
  select id, org_id, password_hash, totp_enabled from user_by_email(${email})`)

export type OwnerRow = { email: string; name: string; password_hash: string | null }

export const ownerById = (db: Db, userId: string) =>
  db.query<OwnerRow>(sql`
  select email, name, password_hash from app_user where id = ${userId}::uuid`)

export const updatePassword = (db: Db, { userId, passwordHash }: { userId: string; passwordHash: string }) =>
  db.query(sql`
  update app_user set password_hash = ${passwordHash}, must_change_password = false
  where id = ${userId}::uuid`)

/** Locks the user, so that codes are spent and secrets changed one at a time. */
export const totpOfUser = (db: Db, userId: string) =>
  db.query<{ totp_secret: Buffer | null; is_totp_on: boolean }>(sql`
  select totp_secret, totp_enabled_at is not null as is_totp_on from app_user
  where id = ${userId}::uuid for update`)

/** Spends the code of a time step. No row if it or a later one was spent before. */
export const spendTotpStep = (db: Db, userId: string, step: number) =>
  db.query<{ id: string }>(sql`
  update app_user set totp_last_step = ${step}::bigint
   where id = ${userId}::uuid and coalesce(totp_last_step, -1) < ${step}::bigint
  returning id`)

/** Spends a recovery code. No row if it is unknown or spent. */
export const markRecoveryCodeUsed = (db: Db, userId: string, hash: Buffer) =>
  db.query<{ id: number }>(sql`
  update recovery_code set used_at = now()
   where user_id = ${userId}::uuid and code_hash = ${hash}::bytea and used_at is null
  returning id`)

/** Stores an unconfirmed secret. No row if two-step verification is on. */
export const saveTotpSecret = (db: Db, { userId, sealed }: { userId: string; sealed: Buffer }) =>
  db.query<{ id: string }>(sql`
  update app_user set totp_secret = ${sealed}::bytea where id = ${userId}::uuid and totp_enabled_at is null
  returning id`)

export const turnTotpOn = (db: Db, userId: string) =>
  db.query(sql`
  update app_user set totp_enabled_at = now() where id = ${userId}::uuid`)

/** Deletes the secret and recovery codes. No row if two-step verification was off. */
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
