import { confirmPassword } from "@/lib/access/account/confirm-password"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { hashPassword } from "@/lib/access/credentials/password"
import { normalised } from "@/lib/access/credentials/password-rules"
import { replacePassword } from "@/lib/access/credentials/replace-password"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

type Change = { actor: Actor; current: string; next: string }

/**
 * Changes the actor's own password, which needs the current one. Ends all other sessions and returns how
 * many.
 */
export async function changePassword({ actor, current, next }: Change): Promise<{ ended: number }> {
  requirePermission(actor, "account")
  const owner = await confirmPassword(actor, current, "current")
  if (normalised(current) === normalised(next)) {
    throw new AppError("invalid", "Choose a password other than the current one.", {
      field: "next",
      reason: "same",
    })
  }
  const passwordHash = await hashPassword(next, owner)
  return inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const exceptSession = actor.sessionId ?? null
    const ended = await replacePassword(db, { userId: actor.id, passwordHash, exceptSession })
    await recordAudit(db, actor, [
      { action: "password.changed", subject: { kind: "user", id: actor.id, name: owner.email } },
    ])
    return { ended }
  })
}
