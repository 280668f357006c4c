import { deleteLinks } from "@/lib/access/account-links/sql"
import type { Db } from "@/lib/base/db/transaction"

/** Deletes a user's unused links. Call it in the transaction that forbids setting a password by link. */
export async function endLinksOf(db: Db, userId: string): Promise<void> {
  await deleteLinks(db, userId)
}
