import type { Actor } from "@/lib/access/actor/actor"
import { passwordFits } from "@/lib/access/credentials/password"
import type { Owner } from "@/lib/access/credentials/password-rules"
import { passwordOwner } from "@/lib/access/credentials/replace-password"
import { limitConfirmation } from "@/lib/access/sign-in/limit-sign-in"
import { AppError } from "@/lib/base/errors"

/**
 * Asks a user who is signed in for the password again: a session that someone else got hold of must not take
 * the account over, nor try passwords. `field` is where the request has it.
 */
export async function confirmPassword(actor: Actor, password: string, field = "password"): Promise<Owner> {
  const owner = await passwordOwner({ orgId: actor.orgId, userId: actor.id })
  if (!owner?.password_hash)
    throw new AppError("invalid", "This account has no password: it signs in through another service.", {
      field,
      reason: "noPassword",
    })
  const letThrough = await limitConfirmation(actor.sessionId ?? actor.id)
  if (!(await passwordFits(password, owner.password_hash)))
    throw new AppError("invalid", "The current password is wrong.", { field, reason: "wrongCurrent" })
  await letThrough()
  return owner
}
