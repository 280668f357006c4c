import { ownUser } from "@/lib/access/account/own-user"
import { replaceRecoveryCodes } from "@/lib/access/account/replace-recovery-codes"
import { turnTotpOn } from "@/lib/access/account/sql"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordDeeds } from "@/lib/access/audit/record-deeds"
import { spendTotpCode } from "@/lib/access/credentials/second-factor"
import { totpOfUser } from "@/lib/access/sign-in/sql"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Turns the second step on, once the app shows a right code. Answers the recovery codes: the only time they are seen. */
export async function confirmTotp({
  actor,
  code,
}: {
  actor: Actor
  code: string
}): Promise<{ codes: string[] }> {
  requirePermission(actor, "account")
  return inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const [user] = await totpOfUser(db, actor.id)
    if (user?.is_totp_on) throw new AppError("conflict", "The second step is on already.")
    if (!user?.totp_secret) throw new AppError("conflict", "Begin with a new secret.")
    if (!(await spendTotpCode(db, actor.id, code.replace(/\s/g, "")))) {
      throw new AppError("invalid", "The code is wrong or too old.", { field: "code", reason: "codeWrong" })
    }
    await turnTotpOn(db, actor.id)
    await recordDeeds(db, actor, [{ action: "second_step.turned_on", subject: ownUser(actor) }])
    return { codes: await replaceRecoveryCodes(db, actor) }
  })
}
