import { DateTime } from "luxon"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import { makeChanges, moveSums } from "@/lib/rollups/fold/move-sums"
import { replaceRollups } from "@/lib/rollups/fold/replace-rollups"
import {
  makeTouchedOfDay,
  waitingBatches,
  type Organisation,
  type Recounted,
} from "@/lib/rollups/fold/sql/check"
import { prepareSession, type Kept } from "@/lib/rollups/fold/sql/claim"
import { makeRates } from "@/lib/rollups/fold/sql/rates"
import type { Rollups } from "@/lib/rollups/fold/sql/tables"
import { boundsOf } from "@/lib/rollups/fold/sql/touched"

export const waitingIds = async (db: Db, orgId: string) =>
  (await waitingBatches(db, orgId)).map(({ id }) => id)
export const noon = (day: Day) => DateTime.fromISO(`${day}T12:00:00Z`).toJSDate()

type Recount = { organisation: Organisation; day: Day; kept: Kept; rollups: Rollups } & Recounted

/**
 * Recounts a day from raw rows into `rollups` with the statements of the fold; of one store or some terminals
 * if they are given.
 */
export async function recountDay(
  db: Db,
  { organisation, day, kept, rollups, ...recounted }: Recount,
): Promise<void> {
  const { org_id: orgId, first_hour_day: firstHourDay } = organisation
  await prepareSession(db)
  const touched = await makeTouchedOfDay(db, { orgId, day, ...recounted })
  const into = { orgId, placesFrom: kept.places_from, rollups, ...(await makeChanges(db)) }
  const waiting = await waitingIds(db, orgId)
  const bounds = await boundsOf(db, touched)
  const rates = await makeRates(db, { orgId, firstDay: day, lastDay: day })
  if (bounds) await replaceRollups(db, { ...into, touched, rates, waiting, firstHourDay, ...bounds })
  await moveSums(db, { ...into, bounds })
}
