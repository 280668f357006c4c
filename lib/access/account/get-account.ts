import type { Account } from "@/lib/access/account/schemas"
import { accountById } from "@/lib/access/account/sql"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { nameReaches } from "@/lib/access/actor/places"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** The actor's own profile. Actors with a limited reach can read it too, although they cannot list users. */
export async function getAccount({ actor }: { actor: Actor }): Promise<Account> {
  requirePermission(actor, "account")
  return inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
    const [row] = await accountById(db, actor.id)
    if (!row) throw new AppError("not_found", "This account does not exist.")
    const { email, name, role } = row
    const [reach = null] = await nameReaches(db, [row.reach])
    return {
      email,
      name,
      role,
      reach,
      hasPassword: row.has_password,
      isTotpOn: row.is_totp_on,
      recoveryCodesLeft: row.recovery_codes_left,
    }
  })
}
