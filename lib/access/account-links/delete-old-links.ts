import { deleteLinksBefore } from "@/lib/access/account-links/sql"
import { deleteInParts } from "@/lib/base/db/delete-in-parts"

const keptDays = 90
const dayMs = 86_400_000

/** Deletes links that were made more than 90 days ago. Returns how many. */
export function deleteOldLinks({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  const before = new Date(now.getTime() - keptDays * dayMs)
  return deleteInParts({ limit: 1_000, remove: (db, limit) => deleteLinksBefore(db, { before, limit }) })
}
