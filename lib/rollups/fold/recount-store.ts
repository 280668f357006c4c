import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { alone } from "@/lib/rollups/fold/alone"
import { recountDay } from "@/lib/rollups/fold/recount-day"
import { checkable } from "@/lib/rollups/fold/sql/check"
import { keptRollups } from "@/lib/rollups/fold/sql/tables"

/** The furthest a store's today is ahead of UTC's, with the day after as its end. */
const daysAhead = 2

/**
 * Counts the store's days anew in the zone that it has now, as far back as raw rows are whole, a day at a
 * time by the fold's own statements. A further run changes nothing, so
 * an interrupted one starts from the beginning. Returns how many days.
 */
export async function recountStore({
  orgId,
  storeId,
  signal,
}: {
  orgId: string
  storeId: number
  signal?: AbortSignal | undefined
}): Promise<number> {
  const [organisation] = await asWorker((db) => checkable(db, orgId))
  if (!organisation) return 0
  const end = addDays(localDay(new Date(), "UTC"), daysAhead)
  let days = 0
  for (let day = organisation.oldest_day; day < end; day = addDays(day, 1)) {
    signal?.throwIfAborted()
    await alone(orgId, (db) => recountDay(db, { organisation, day, storeId, rollups: keptRollups }))
    days += 1
  }
  return days
}
