import type { Actor, Role } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { hashPassword, oneTimePassword } from "@/lib/access/credentials/password"
import { insertUser } from "@/lib/access/users/sql"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

type NewUser = { actor: Actor; email: string; role: Role; password?: string }

/**
 * Creates a user. Without a password, makes a one-time password that must be changed at the first sign-in.
 */
export async function createUser({
  actor,
  email,
  role,
  password,
}: NewUser): Promise<{ email: string; password: string }> {
  requirePermission(actor, "users:manage")
  const address = email.trim().toLowerCase()
  const chosen = password ?? oneTimePassword()
  const passwordHash = await hashPassword(chosen, { email: address, name: "" })
  await inOrganisation(actor, async (db) => {
    const [user] = await insertUser(db, {
      orgId: actor.orgId,
      email: address,
      role,
      passwordHash,
      mustChange: password === undefined,
    })
    if (!user) throw new AppError("conflict", `${address} already has an account.`)
    await recordAudit(db, actor, [
      { action: "user.created", subject: { kind: "user", id: user.id, name: address }, after: { role } },
    ])
  })
  return { email: address, password: chosen }
}
