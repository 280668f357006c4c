import type { Actor } from "@/lib/access/actor"
import { confirmPassword } from "@/lib/access/confirm-password"
import { requirePermission } from "@/lib/access/permissions"
import { totpOfUser } from "@/lib/access/sql"
import { ownUser } from "@/lib/account/own-user"
import { replaceRecoveryCodes } from "@/lib/account/replace-recovery-codes"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation, wholeOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"

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
