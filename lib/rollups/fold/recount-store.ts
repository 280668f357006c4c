import { asWorker } from "@/lib/base/db/transaction"
import { inItsTurn } from "@/lib/base/rounds/in-its-turn"
import { addDays, localDay } from "@/lib/base/time/zone"
import { alone } from "@/lib/rollups/fold/alone"
import { recountDay } from "@/lib/rollups/fold/recount-day"
import { checkable } from "@/lib/rollups/fold/sql/check"
import { keptRollups } from "@/lib/rollups/fold/sql/tables"
import { lostDaysOf } from "@/lib/rollups/lost/lost-days"
import { moveLost } from "@/lib/rollups/lost/move-lost"

/** A store's today is at most one day ahead of UTC's; the end is excluded. */
const daysAhead = 2

/**
 * Recounts the store's days in its current time zone, as far back as raw rows are complete, one day at a time
 * and with the statements of the fold, and then its lost sales. It can be run again: an interrupted run
 * starts from the beginning.
 * Returns the number of days.
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
    await alone(orgId, ({ kept, inGroups }) =>
      inGroups((db) => recountDay(db, { organisation, day, kept, storeId, rollups: keptRollups })),
    )
    days += 1
  }
  const { oldest_day: from } = organisation
  await inItsTurn({ round: "verdicts", orgId }, async (db) =>
    moveLost(db, await lostDaysOf(db, { storeId, from })),
  )
  return days
}
