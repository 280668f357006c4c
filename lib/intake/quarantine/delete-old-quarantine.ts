import { deleteInParts } from "@/lib/base/db/delete-in-parts"
import { daysAfter } from "@/lib/base/time/days-after"
import { deleteReceivedBefore } from "@/lib/intake/quarantine/sql"

const keptDays = 90

/** Deletes records older than ninety days, resolved or not, in small batches. Returns the number. */
export function deleteOldQuarantine({ now = new Date() }: { now?: Date } = {}): Promise<number> {
  const before = daysAfter(now, -keptDays)
  return deleteInParts({ limit: 1_000, remove: (db, limit) => deleteReceivedBefore(db, { before, limit }) })
}
