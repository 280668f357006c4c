import { inEveryGroup } from "@/lib/base/db/groups"
import { asWorker, asWorkerInGroup } from "@/lib/base/db/transaction"
import { hasRawIn, type Span } from "@/lib/rollups/retention/group-sql"
import { closeDays } from "@/lib/rollups/retention/sql"

/** Closes days before their raw rows are deleted. Returns false if there never was anything to delete. */
export async function closeRaw(span: Span): Promise<boolean> {
  const found = await inEveryGroup((group) => asWorkerInGroup(group, (db) => hasRawIn(db, span)))
  const hasRaw = found.some(([row]) => row?.has === true)
  return (await asWorker((db) => closeDays(db, { ...span, hasRaw }))).length > 0
}
