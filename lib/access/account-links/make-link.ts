import { deleteLinks, insertLink } from "@/lib/access/account-links/sql"
import { linkUrl, newToken } from "@/lib/access/account-links/token"
import { hoursOf, type Purpose } from "@/lib/access/account-links/words"
import type { Db } from "@/lib/base/db/transaction"

export type NewLink = { id: string; url: string; expiresAt: string }

/** Makes a link and ends the user's older ones. The transaction must have locked the user. */
export async function makeLink(
  db: Db,
  { orgId, userId, purpose }: { orgId: string; userId: string; purpose: Purpose },
): Promise<NewLink> {
  const { token, hash } = newToken()
  await deleteLinks(db, userId)
  const [row] = await insertLink(db, { orgId, userId, purpose, hash, hours: hoursOf[purpose] })
  if (!row) throw new Error("no id returned for the inserted link")
  return { id: row.id, url: linkUrl(purpose, token), expiresAt: row.expires_at.toISOString() }
}
