import type { Db } from "@/lib/base/db/transaction"
import { makeBeats } from "@/lib/rollups/fold/sql/beats"
import type { Claim } from "@/lib/rollups/fold/sql/claim"
import { putInDays, putInHours, takeOutDays, takeOutHours } from "@/lib/rollups/fold/sql/rollups"
import { makeSales } from "@/lib/rollups/fold/sql/sales"
import { putInSegments, takeOutSegments } from "@/lib/rollups/fold/sql/segments"
import { noteTouchedStandings } from "@/lib/rollups/fold/sql/standings"
import type { Beats, Changes, Rollups, Sales, Touched } from "@/lib/rollups/fold/sql/tables"
import { boundsOf, type Bounds } from "@/lib/rollups/fold/sql/touched"

/**
 * All raw rows of touched terminal-days, between `from` and `to`. The tables are empty if nothing is touched.
 */
export async function makeTouchedRows(
  db: Db,
  { touched, from, to, waiting }: { touched: Touched } & Pick<Claim, "from" | "to" | "waiting">,
): Promise<{ bounds: Bounds | null; sales: Sales; beats: Beats }> {
  const bounds = await boundsOf(db, touched)
  const range = { touched, waiting, from: bounds?.from ?? from, to: bounds?.to ?? to }
  const sales = await makeSales(db, range)
  const beats = await makeBeats(db, range)
  return { bounds, sales, beats }
}

type Replacement = Bounds &
  Changes & {
    orgId: string
    rollups: Rollups
    touched: Touched
    sales: Sales
    beats: Beats
    /** The first day for which hours are kept. */
    firstHourDay: string
  }

/** Replaces the rollups of touched terminal-days by new ones from their raw rows. */
export async function replaceRollups(db: Db, replacement: Replacement): Promise<void> {
  await takeOutHours(db, replacement)
  await putInHours(db, replacement)
  await takeOutDays(db, replacement)
  await putInDays(db, replacement)
  await takeOutSegments(db, replacement)
  await putInSegments(db, replacement)
  await noteTouchedStandings(db, replacement)
}
