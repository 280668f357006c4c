import { ownerById, updatePassword, type OwnerRow } from "@/lib/access/credentials/sql"
import { endSessionsOf } from "@/lib/access/sessions/session"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"

type UserRef = { orgId: string; userId: string }

/** The user's email, name and password hash. Null if the user was deleted. */
export async function passwordOwner({ orgId, userId }: UserRef): Promise<OwnerRow | null> {
  const [owner] = await inOrganisation(wholeOrganisation(orgId), (db) => ownerById(db, userId))
  return owner ?? null
}

type Replacement = { userId: string; passwordHash: string; exceptSession: string | null }

/** Sets a user's password and ends all sessions except one. Returns how many ended. */
export async function replacePassword(
  db: Db,
  { userId, passwordHash, exceptSession }: Replacement,
): Promise<number> {
  await updatePassword(db, { userId, passwordHash })
  return endSessionsOf(db, userId, exceptSession)
}
