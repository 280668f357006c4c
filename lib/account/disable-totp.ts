import type { Actor } from "@/lib/access/actor"
import { confirmPassword } from "@/lib/access/confirm-password"
import { requirePermission } from "@/lib/access/permissions"
import { getAccount } from "@/lib/account/get-account"
import { ownUser } from "@/lib/account/own-user"
import type { Account } from "@/lib/account/schemas"
import { turnTotpOff } from "@/lib/account/sql"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation, wholeOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"

/** Turns the actor's second step off, and forgets its secret and recovery codes. */
export async function disableTotp({ actor, password }: { actor: Actor; password: string }): Promise<Account> {
  requirePermission(actor, "account")
  await confirmPassword(actor, password)
  await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const [user] = await turnTotpOff(db, actor.id)
    if (!user) throw new AppError("conflict", "The second step is off already.")
    await recordDeeds(db, actor, [{ action: "second_step.turned_off", subject: ownUser(actor) }])
  })
  return getAccount({ actor })
}
