import { confirmPassword } from "@/lib/access/account/confirm-password"
import { ownUser } from "@/lib/access/account/own-user"
import { replaceRecoveryCodes } from "@/lib/access/account/replace-recovery-codes"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordDeeds } from "@/lib/access/audit/record-deeds"
import { totpOfUser } from "@/lib/access/sign-in/sql"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Answers ten new recovery codes in place of the old ones. */
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
    const [user] = await totpOfUser(db, actor.id)
    if (!user?.is_totp_on) throw new AppError("conflict", "Turn the second step on first.")
    await recordDeeds(db, actor, [{ action: "recovery_codes.renewed", subject: ownUser(actor) }])
    return { codes: await replaceRecoveryCodes(db, actor) }
  })
}
