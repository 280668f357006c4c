import type { Db } from "@/lib/base/db/transaction"
import { makeBeats } from "@/lib/rollups/fold/sql/beats"
import type { Claim } from "@/lib/rollups/fold/sql/claim"
import { putInOperators, takeOutOperators } from "@/lib/rollups/fold/sql/operators"
import { putInDays, putInHours, takeOutDays, takeOutHours } from "@/lib/rollups/fold/sql/rollups"
import { makeSales } from "@/lib/rollups/fold/sql/sales"
import { putInSegments, takeOutSegments } from "@/lib/rollups/fold/sql/segments"
import { noteTouchedStandings } from "@/lib/rollups/fold/sql/standings"
import type { Changes, Rates, Rollups, Sales, Touched } from "@/lib/rollups/fold/sql/tables"
import type { Bounds } from "@/lib/rollups/fold/sql/touched"

type Replacement = Bounds &
  Changes & {
    orgId: string
    rollups: Rollups
    touched: Touched
    rates: Rates
    waiting: Claim["waiting"]
    /** The first day for which hours and operators' days are kept. */
    firstHourDay: string
  }

/** Replaces the rollups of touched terminal-days by new ones from their raw rows. Returns their sales. */
export async function replaceRollups(db: Db, given: Replacement): Promise<Sales> {
  const sales = await makeSales(db, given)
  const replacement = { ...given, sales, beats: await makeBeats(db, given) }
  await takeOutHours(db, replacement)
  await putInHours(db, replacement)
  await takeOutDays(db, replacement)
  await putInDays(db, replacement)
  await takeOutOperators(db, replacement)
  await putInOperators(db, replacement)
  await takeOutSegments(db, replacement)
  await putInSegments(db, replacement)
  await noteTouchedStandings(db, replacement)
  return sales
}
