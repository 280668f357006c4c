import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { changedFields } from "@/lib/access/audit/changed-fields"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { refusePast, subjectOf } from "@/lib/access/keys/create-key"
import { keyOrThrow, lockedKey } from "@/lib/access/keys/list-keys"
import type { ApiKey, KeyChange } from "@/lib/access/keys/schemas"
import { endKey, updateKey } from "@/lib/access/keys/sql"
import { inOrganisation } from "@/lib/base/db/transaction"

/** Changes a key's label or expiry. An expired key can be extended. */
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
      await recordAudit(db, actor, [{ action: "key.changed", subject: subjectOf(after), ...changed }])
    return after
  })
}

/** Revokes a key for good. A process that has just seen the key may accept it for one more second. */
export async function revokeKey({ actor, id }: { actor: Actor; id: string }): Promise<ApiKey> {
  requirePermission(actor, "keys:manage")
  return inOrganisation(actor, async (db) => {
    const key = await lockedKey(db, id)
    await endKey(db, id)
    await recordAudit(db, actor, [
      { action: "key.revoked", subject: subjectOf(key), before: { prefix: key.prefix } },
    ])
    return keyOrThrow(db, id)
  })
}
