import { randomBytes } from "node:crypto"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { requireKnownPlaces } from "@/lib/access/actor/places"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { keyOrThrow } from "@/lib/access/keys/list-keys"
import type { MadeKey, NewKey } from "@/lib/access/keys/schemas"
import { insertKey } from "@/lib/access/keys/sql"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

const shownCharacters = 10

/** Creates a key and returns it. It is never shown again, because only its hash is stored. */
export async function createKey({
  actor,
  key,
  now = new Date(),
}: {
  actor: Actor
  key: NewKey
  now?: Date
}): Promise<MadeKey> {
  requirePermission(actor, "keys:manage")
  refusePast("expiresAt", key.expiresAt, now)
  return inOrganisation(actor, async (db) => {
    await requireKnownPlaces(db, key.reach)
    const made = await makeKey(db, actor, key)
    const { label, scopes, expiresAt, prefix } = made.apiKey
    await recordAudit(db, actor, [
      {
        action: "key.created",
        subject: subjectOf(made.apiKey),
        after: { label, prefix, scopes, reach: key.reach, expiresAt },
      },
    ])
    return made
  })
}

export const subjectOf = ({ id, label }: { id: string; label: string }) => ({ kind: "key", id, name: label })

export function refusePast(field: string, at: string | null, now: Date): void {
  if (at !== null && Date.parse(at) <= now.getTime())
    throw new AppError("invalid", "This time is in the past.", { field })
}

/** Stores a new key's hash. */
export async function makeKey(
  db: Db,
  actor: Actor,
  { label, scopes, reach, expiresAt }: NewKey,
): Promise<MadeKey> {
  const key = `tw_${randomBytes(24).toString("base64url")}`
  const [row] = await insertKey(db, {
    orgId: actor.orgId,
    label,
    prefix: key.slice(0, shownCharacters),
    hash: hashSecret(key),
    scopes: [...new Set(scopes)],
    reach,
    expiresAt,
    createdBy: actor.name,
  })
  if (!row) throw new Error("no id returned for the inserted key")
  return { key, apiKey: await keyOrThrow(db, row.id) }
}
