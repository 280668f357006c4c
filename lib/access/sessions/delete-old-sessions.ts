import { deleteSessionsBefore } from "@/lib/access/sessions/sql"
import { deleteInParts } from "@/lib/base/db/delete-in-parts"
import { daysAfter } from "@/lib/base/time/days-after"

const keptDays = 90

/** Deletes sessions that began more than 90 days ago. Returns how many. */
export function deleteOldSessions({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  const before = daysAfter(now, -keptDays)
  return deleteInParts({ limit: 1_000, remove: (db, limit) => deleteSessionsBefore(db, { before, limit }) })
}
