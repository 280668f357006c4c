import { deleteLinks } from "@/lib/access/account-links/sql"
import type { Db } from "@/lib/base/db/transaction"

/**
 * Ends a user's links that were not used, in the transaction after which nobody may set a password by them.
 */
export async function endLinksOf(db: Db, userId: string): Promise<void> {
  await deleteLinks(db, userId)
}
