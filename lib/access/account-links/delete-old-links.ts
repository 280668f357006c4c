import { deleteLinksBefore } from "@/lib/access/account-links/sql"
import { deleteInParts } from "@/lib/base/db/delete-in-parts"
import { daysAfter } from "@/lib/base/time/days-after"

const keptDays = 90

/** Deletes links that were made more than 90 days ago. Returns how many. */
export function deleteOldLinks({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  const before = daysAfter(now, -keptDays)
  return deleteInParts({ limit: 1_000, remove: (db, limit) => deleteLinksBefore(db, { before, limit }) })
}
