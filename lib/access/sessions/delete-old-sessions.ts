import { deleteSessionsBefore } from "@/lib/access/sessions/sql"
import { deleteInParts } from "@/lib/base/db/delete-in-parts"

const keptDays = 90
const dayMs = 86_400_000

/** Deletes sessions that began more than 90 days ago. Returns how many. */
export function deleteOldSessions({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  const before = new Date(now.getTime() - keptDays * dayMs)
  return deleteInParts({ limit: 1_000, remove: (db, limit) => deleteSessionsBefore(db, { before, limit }) })
}
