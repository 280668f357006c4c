import type { Role } from "@/lib/access/actor"
import { hashPassword, oneTimePassword } from "@/lib/access/password"
import { inOrganisationPrisma, wholeOrganisation } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"

type NewUser = { orgId: string; email: string; role: Role; password?: string }

/** Makes a user. Without a password it gets one for one use, which must be changed at the first sign-in. */
export async function createUser({ orgId, email, role, password }: NewUser): Promise<{ email: string; password: string }> {
  const address = email.trim().toLowerCase()
  const chosen = password ?? oneTimePassword()
  const passwordHash = await hashPassword(chosen, { email: address, name: "" })
  await inOrganisationPrisma(wholeOrganisation(orgId), async (tx) => {
    const { count } = await tx.appUser.createMany({
      data: [{ orgId, email: address, role, passwordHash, mustChangePassword: password === undefined }],
      skipDuplicates: true,
    })
    if (count === 0) throw new AppError("conflict", `${address} has an account already.`)
  })
  return { email: address, password: chosen }
}
