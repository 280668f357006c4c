import { confirmPassword } from "@/lib/access/account/confirm-password"
import { ownUser } from "@/lib/access/account/own-user"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { renewCodes } from "@/lib/access/credentials/set-second-factor"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"

/** Replaces the actor's recovery codes with ten new ones. */
export async function renewRecoveryCodes({
  actor,
  password,
}: {
  actor: Actor
  password: string
}): Promise<{ codes: string[] }> {
  requirePermission(actor, "account")
  await confirmPassword(actor, password)
  return inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const codes = await renewCodes(db, { orgId: actor.orgId, userId: actor.id })
    await recordAudit(db, actor, [{ action: "recovery_codes.renewed", subject: ownUser(actor) }])
    return { codes }
  })
}
