import { ownerById, updatePassword, type OwnerRow } from "@/lib/access/credentials/sql"
import { endSessionsOf } from "@/lib/access/sessions/session"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"

type Whose = { orgId: string; userId: string }

/** Whose password it is, and its hash; null where the user is no more. */
export async function passwordOwner({ orgId, userId }: Whose): Promise<OwnerRow | null> {
  const [owner] = await inOrganisation(wholeOrganisation(orgId), (db) => ownerById(db, userId))
  return owner ?? null
}

type Replacement = { userId: string; passwordHash: string; exceptSession: string | null }

/** Gives a user a password of their own choice, which ends all sessions but one. Answers how many. */
export async function replacePassword(
  db: Db,
  { userId, passwordHash, exceptSession }: Replacement,
): Promise<number> {
  await updatePassword(db, { userId, passwordHash })
  return endSessionsOf(db, userId, exceptSession)
}
