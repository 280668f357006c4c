import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { changedFields } from "@/lib/audit/changed-fields"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation } from "@/lib/db/transaction"
import { refusePast, subjectOf } from "@/lib/keys/create-key"
import { keyOrThrow, lockedKey } from "@/lib/keys/list-keys"
import type { ApiKey, KeyChange } from "@/lib/keys/schemas"
import { endKey, updateKey } from "@/lib/keys/sql"

/** Gives a key another label or time of expiry; a key that expired may be given time again. */
export async function changeKey({
  actor,
  id,
  change,
  now = new Date(),
}: {
  actor: Actor
  id: string
  change: KeyChange
  now?: Date
}): Promise<ApiKey> {
  requirePermission(actor, "keys:manage")
  refusePast("expiresAt", change.expiresAt ?? null, now)
  return inOrganisation(actor, async (db) => {
    const before = await lockedKey(db, id)
    await updateKey(db, {
      id,
      label: change.label ?? before.label,
      expiresAt: change.expiresAt === undefined ? before.expiresAt : change.expiresAt,
    })
    const after = await keyOrThrow(db, id)
    const changed = changedFields(before, after)
    if (changed)
      await recordDeeds(db, actor, [{ action: "key.changed", subject: subjectOf(after), ...changed }])
    return after
  })
}

/** Ends a key for good. A process that just saw it may take it for another second. */
export async function revokeKey({ actor, id }: { actor: Actor; id: string }): Promise<ApiKey> {
  requirePermission(actor, "keys:manage")
  return inOrganisation(actor, async (db) => {
    const key = await lockedKey(db, id)
    await endKey(db, id)
    await recordDeeds(db, actor, [
      { action: "key.revoked", subject: subjectOf(key), before: { prefix: key.prefix } },
    ])
    return keyOrThrow(db, id)
  })
}
