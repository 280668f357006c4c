import { confirmPassword } from "@/lib/access/account/confirm-password"
import { ownUser } from "@/lib/access/account/own-user"
import type { TotpSetUp } from "@/lib/access/account/schemas"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { beginSecondFactor } from "@/lib/access/credentials/set-second-factor"
import { totpSetUp } from "@/lib/access/credentials/totp"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { qrOf } from "@/lib/base/qr"

/**
 * Makes a secret for two-step verification, in place of an unconfirmed one. It takes effect once the user
 * confirms a code.
 */
export async function beginTotp({ actor, password }: { actor: Actor; password: string }): Promise<TotpSetUp> {
  requirePermission(actor, "account")
  const { email } = await confirmPassword(actor, password)
  const secret = await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const begun = await beginSecondFactor(db, actor.id)
    if (!begun) throw new AppError("conflict", "Two-step verification is already on. Turn it off first.")
    await recordAudit(db, actor, [{ action: "second_step.begun", subject: ownUser(actor) }])
    return begun
  })
  const { uri, text } = totpSetUp(secret, email)
  return { uri, text, qr: qrOf(uri) }
}
