import type { Actor } from "@/lib/access/actor"
import { confirmPassword } from "@/lib/access/confirm-password"
import { requirePermission } from "@/lib/access/permissions"
import { sealTotp } from "@/lib/access/second-factor"
import { newTotpSecret, totpSetUp } from "@/lib/access/totp"
import { ownUser } from "@/lib/account/own-user"
import type { TotpSetUp } from "@/lib/account/schemas"
import { keepTotpSecret } from "@/lib/account/sql"
import { recordDeeds } from "@/lib/audit/record-deeds"
import { inOrganisation, wholeOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { qrOf } from "@/lib/qr"

/** Makes the secret of a second factor, which counts once a code of it is given. Beginning anew forgets the secret before. */
export async function beginTotp({ actor, password }: { actor: Actor; password: string }): Promise<TotpSetUp> {
  requirePermission(actor, "account")
  const { email } = await confirmPassword(actor, password)
  const secret = newTotpSecret()
  await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const [kept] = await keepTotpSecret(db, { userId: actor.id, sealed: sealTotp(actor.id, secret) })
    if (!kept) throw new AppError("conflict", "The second step is on already: turn it off first.")
    await recordDeeds(db, actor, [{ action: "second_step.begun", subject: ownUser(actor) }])
  })
  const { uri, text } = totpSetUp(secret, email)
  return { uri, text, qr: qrOf(uri) }
}
