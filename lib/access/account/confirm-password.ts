import type { Actor } from "@/lib/access/actor/actor"
import { verifyPassword } from "@/lib/access/credentials/password"
import type { Owner } from "@/lib/access/credentials/password-rules"
import { passwordOwner } from "@/lib/access/credentials/replace-password"
import { limitConfirmation } from "@/lib/access/sign-in/limit-sign-in"
import { AppError } from "@/lib/base/errors"

/**
 * Checks the password of a signed-in user again, so that a stolen session can neither take over the account
 * nor try passwords. `field` is the request's field that an error names.
 */
export async function confirmPassword(actor: Actor, password: string, field = "password"): Promise<Owner> {
  const owner = await passwordOwner({ orgId: actor.orgId, userId: actor.id })
  if (!owner?.password_hash)
    throw new AppError("invalid", "This account has no password. It signs in through an identity provider.", {
      field,
      reason: "noPassword",
    })
  const onSuccess = await limitConfirmation(actor.sessionId ?? actor.id)
  if (!(await verifyPassword(password, owner.password_hash)))
    throw new AppError("invalid", "The current password is wrong.", { field, reason: "wrongCurrent" })
  await onSuccess()
  return owner
}
