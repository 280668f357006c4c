import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation, type Db } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import type { ApiKey, ApiKeys } from "@/lib/keys/schemas"
import { keyRow, keyRows, lockKey, type KeyRow } from "@/lib/keys/sql"

/** All keys, those too that work no more. */
export async function listKeys({ actor }: { actor: Actor }): Promise<ApiKeys> {
  requirePermission(actor, "keys:manage")
  return { data: (await inOrganisation(actor, keyRows)).map(apiKeyOf) }
}

export async function keyOrThrow(db: Db, id: string): Promise<ApiKey> {
  const [row] = await keyRow(db, id)
  if (!row) throw new AppError("not_found", "There is no such key.")
  return apiKeyOf(row)
}

/** The key, which nobody else changes until the transaction ends; refused where it was revoked. */
export async function lockedKey(db: Db, id: string): Promise<ApiKey> {
  await lockKey(db, id)
  const key = await keyOrThrow(db, id)
  if (key.revokedAt !== null) throw new AppError("conflict", "This key was revoked.")
  return key
}

const textOf = (at: Date | null): string | null => at?.toISOString() ?? null

const apiKeyOf = (row: KeyRow): ApiKey => ({
  id: row.id,
  label: row.label,
  prefix: row.prefix,
  scopes: row.scopes,
  reach: row.reach,
  places: row.places,
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  lastUsedAt: textOf(row.last_used_at),
  expiresAt: textOf(row.expires_at),
  revokedAt: textOf(row.revoked_at),
  successorPrefix: row.successor_prefix,
})
