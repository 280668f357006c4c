import { confirmPassword } from "@/lib/access/account/confirm-password"
import { getAccount } from "@/lib/access/account/get-account"
import { ownUser } from "@/lib/access/account/own-user"
import type { Account } from "@/lib/access/account/schemas"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { turnSecondFactorOff } from "@/lib/access/credentials/set-second-factor"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Turns two-step verification off. Deletes the secret and the recovery codes. */
export async function disableTotp({ actor, password }: { actor: Actor; password: string }): Promise<Account> {
  requirePermission(actor, "account")
  await confirmPassword(actor, password)
  await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    if (!(await turnSecondFactorOff(db, actor.id)))
      throw new AppError("conflict", "Two-step verification is already off.")
    await recordAudit(db, actor, [{ action: "second_step.turned_off", subject: ownUser(actor) }])
  })
  return getAccount({ actor })
}
