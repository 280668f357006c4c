import type { Actor } from "@/lib/access/actor/actor"
import { idsOf } from "@/lib/access/actor/describe-reach"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { makeKey, refusePast, subjectOf } from "@/lib/access/keys/create-key"
import { keyOrThrow, lockedKey } from "@/lib/access/keys/list-keys"
import type { MadeKey, Rotation } from "@/lib/access/keys/schemas"
import { setSuccessor } from "@/lib/access/keys/sql"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/**
 * Creates a successor with the same scopes, reach and lifetime. The old key works until the chosen time, so
 * that senders can be switched one by one.
 */
export async function rotateKey({
  actor,
  id,
  rotation,
  now = new Date(),
}: {
  actor: Actor
  id: string
  rotation: Rotation
  now?: Date
}): Promise<MadeKey> {
  requirePermission(actor, "keys:manage")
  refusePast("worksUntil", rotation.worksUntil, now)
  return inOrganisation(actor, async (db) => {
    const old = await lockedKey(db, id)
    if (old.successorPrefix !== null)
      throw new AppError(
        "conflict",
        `The key ${old.successorPrefix}… already replaces this one. Rotate that one.`,
      )
    if (old.expiresAt !== null && Date.parse(old.expiresAt) <= now.getTime())
      throw new AppError("conflict", "This key has expired. Create a new one.")
    const lifetimeMs = old.expiresAt === null ? null : Date.parse(old.expiresAt) - Date.parse(old.createdAt)
    const expiresAt = lifetimeMs === null ? null : new Date(now.getTime() + lifetimeMs).toISOString()
    const made = await makeKey(db, actor, {
      label: old.label,
      scopes: old.scopes,
      reach: idsOf(old.reach),
      expiresAt,
    })
    // Rotation never extends the old key.
    const worksUntil =
      old.expiresAt !== null && Date.parse(old.expiresAt) < Date.parse(rotation.worksUntil)
        ? old.expiresAt
        : rotation.worksUntil
    await setSuccessor(db, { id, successorId: made.apiKey.id, worksUntil })
    const { expiresAt: worksUntilNow } = await keyOrThrow(db, id)
    await recordAudit(db, actor, [
      {
        action: "key.rotated",
        subject: subjectOf(old),
        before: { prefix: old.prefix, expiresAt: old.expiresAt },
        after: { prefix: made.apiKey.prefix, worksUntil: worksUntilNow, expiresAt: made.apiKey.expiresAt },
      },
    ])
    return made
  })
}
