import { ownUser } from "@/lib/access/account/own-user"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { turnSecondFactorOn } from "@/lib/access/credentials/set-second-factor"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"

/**
 * Turns two-step verification on if the code is right. Returns the recovery codes, which are never shown
 * again.
 */
export async function confirmTotp({
  actor,
  code,
}: {
  actor: Actor
  code: string
}): Promise<{ codes: string[] }> {
  requirePermission(actor, "account")
  return inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const codes = await turnSecondFactorOn(db, { orgId: actor.orgId, userId: actor.id }, code)
    await recordAudit(db, actor, [{ action: "second_step.turned_on", subject: ownUser(actor) }])
    return { codes }
  })
}
