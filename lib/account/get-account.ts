import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { accountById } from "@/lib/account/sql"
import type { Account } from "@/lib/account/schemas"
import { inOrganisation, wholeOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"

/** The actor's own profile. Whoever is limited to some stores sees no users, and this one account all the same. */
export async function getAccount({ actor }: { actor: Actor }): Promise<Account> {
  requirePermission(actor, "account")
  const [row] = await inOrganisation(wholeOrganisation(actor.orgId), (db) => accountById(db, actor.id))
  if (!row) throw new AppError("not_found", "There is no such account.")
  const { email, name, role, places } = row
  return { email, name, role, places, hasPassword: row.has_password, isTotpOn: row.is_totp_on, recoveryCodesLeft: row.recovery_codes_left }
}
