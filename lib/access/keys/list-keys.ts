import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { nameReaches } from "@/lib/access/actor/places"
import type { ApiKey, ApiKeys } from "@/lib/access/keys/schemas"
import { keyRow, keyRows, lockKey, type KeyRow } from "@/lib/access/keys/sql"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Lists all keys, including revoked and expired ones. */
export async function listKeys({ actor }: { actor: Actor }): Promise<ApiKeys> {
  requirePermission(actor, "keys:manage")
  return { data: await inOrganisation(actor, async (db) => apiKeysOf(db, await keyRows(db))) }
}

export async function keyOrThrow(db: Db, id: string): Promise<ApiKey> {
  const [key] = await apiKeysOf(db, await keyRow(db, id))
  if (!key) throw new AppError("not_found", "This key does not exist.")
  return key
}

/** Locks a key until the transaction ends. Refuses a revoked key. */
export async function lockedKey(db: Db, id: string): Promise<ApiKey> {
  await lockKey(db, id)
  const key = await keyOrThrow(db, id)
  if (key.revokedAt !== null) throw new AppError("conflict", "This key was revoked.")
  return key
}

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null

async function apiKeysOf(db: Db, rows: KeyRow[]): Promise<ApiKey[]> {
  const reaches = await nameReaches(
    db,
    rows.map(({ reach }) => reach),
  )
  return rows.map((row, i) => ({
    id: row.id,
    label: row.label,
    prefix: row.prefix,
    scopes: row.scopes,
    reach: reaches[i] ?? null,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    lastUsedAt: textOf(row.last_used_at),
    expiresAt: textOf(row.expires_at),
    revokedAt: textOf(row.revoked_at),
    successorPrefix: row.successor_prefix,
  }))
}
