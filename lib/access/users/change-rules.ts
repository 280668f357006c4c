import { isDeepStrictEqual } from "node:util"
import type { Role } from "@/lib/access/actor/actor"
import type { Reach } from "@/lib/access/actor/schemas"
import { AppError } from "@/lib/base/errors"

export type UserRights = { role: Role; reach: Reach; isDisabled: boolean }

/** An admin always sees the whole organisation. */
export function requireReachFits({ role, reach }: Pick<UserRights, "role" | "reach">): void {
  if (role === "admin" && reach !== null)
    throw new AppError("invalid", "An admin sees all stores. Remove the limit.", { field: "reach" })
}

type Change = { before: UserRights; after: UserRights; isSelf: boolean; otherAdmins: number }

/**
 * Refuses changes that could lock everyone out: nobody changes their own rights, and the last admin stays.
 */
export function requireMayChange({ before, after, isSelf, otherAdmins }: Change): void {
  if (isSelf && (after.role !== before.role || after.isDisabled))
    throw new AppError("forbidden", "You cannot change your own role or disable yourself. Ask another admin.")
  const isAdmin = ({ role, isDisabled }: UserRights) => role === "admin" && !isDisabled
  if (isAdmin(before) && !isAdmin(after) && otherAdmins === 0)
    throw new AppError("conflict", "This is the last admin. Make somebody else an admin first.")
  requireReachFits(after)
}

/** Whether role, reach or state changed, so that the user's sessions must end. */
export const hasOtherRights = (before: UserRights, after: UserRights) =>
  before.role !== after.role ||
  before.isDisabled !== after.isDisabled ||
  !isDeepStrictEqual(before.reach, after.reach)
