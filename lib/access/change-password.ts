import { hashPassword, passwordFits, requireGoodPassword } from "@/lib/access/password"
import type { UserRow } from "@/lib/access/sql"
import { inOrganisationPrisma, wholeOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"

type Change = { user: UserRow; current: string; next: string }

/** Changes one's own password; the current one must be given. */
export async function changePassword({ user, current, next }: Change): Promise<void> {
  if (!(await passwordFits(current, user.password_hash))) throw new AppError("invalid", "The current password is wrong.", { field: "current" })
  if (current === next) throw new AppError("invalid", "Choose another password than the current one.", { field: "password" })
  requireGoodPassword(next)
  const passwordHash = await hashPassword(next)
  await inOrganisationPrisma(wholeOrganisation(user.org_id), (tx) =>
    tx.appUser.updateMany({ where: { id: user.id }, data: { passwordHash, mustChangePassword: false } }),
  )
}
