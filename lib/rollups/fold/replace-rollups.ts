import type { Db } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { makeBeats } from "@/lib/rollups/fold/sql/beats"
import type { Claim } from "@/lib/rollups/fold/sql/claim"
import { putInOperators, takeOutOperators } from "@/lib/rollups/fold/sql/operators"
import { makeRates } from "@/lib/rollups/fold/sql/rates"
import { putInDays, putInHours, takeOutDays, takeOutHours } from "@/lib/rollups/fold/sql/rollups"
import { makeSales } from "@/lib/rollups/fold/sql/sales"
import { putInSegments, takeOutSegments } from "@/lib/rollups/fold/sql/segments"
import { noteTouchedStandings } from "@/lib/rollups/fold/sql/standings"
import type { Beats, Changes, Rates, Rollups, Sales, Touched } from "@/lib/rollups/fold/sql/tables"
import { boundsOf, type Bounds } from "@/lib/rollups/fold/sql/touched"

type Touching = { orgId: string; touched: Touched } & Pick<Claim, "from" | "to" | "waiting">

/**
 * All raw rows of touched terminal-days, between `from` and `to`, and the rates of these and the touched
 * days. Rows are none if nothing is touched.
 */
export async function makeTouchedRows(
  db: Db,
  { orgId, touched, from, to, waiting }: Touching,
): Promise<{ bounds: Bounds | null; rates: Rates; sales: Sales; beats: Beats }> {
  const bounds = await boundsOf(db, touched)
  const rates = await makeRates(db, { orgId, ...spanOf({ from, to }, bounds) })
  const range = { touched, waiting, from: bounds?.from ?? from, to: bounds?.to ?? to }
  const sales = await makeSales(db, { ...range, rates })
  const beats = await makeBeats(db, range)
  return { bounds, rates, sales, beats }
}

/** A store's own day begins and ends within a day of the UTC day. */
function spanOf({ from, to }: Pick<Claim, "from" | "to">, bounds: Bounds | null) {
  const first = addDays(localDay(from, "UTC"), -1)
  const last = addDays(localDay(to, "UTC"), 1)
  return {
    firstDay: bounds && bounds.firstDay < first ? bounds.firstDay : first,
    lastDay: bounds && bounds.lastDay > last ? bounds.lastDay : last,
  }
}

type Replacement = Bounds &
  Changes & {
    orgId: string
    rollups: Rollups
    touched: Touched
    sales: Sales
    beats: Beats
    /** The first day for which hours and operators' days are kept. */
    firstHourDay: string
  }

/** Replaces the rollups of touched terminal-days by new ones from their raw rows. */
export async function replaceRollups(db: Db, replacement: Replacement): Promise<void> {
  await takeOutHours(db, replacement)
  await putInHours(db, replacement)
  await takeOutDays(db, replacement)
  await putInDays(db, replacement)
  await takeOutOperators(db, replacement)
  await putInOperators(db, replacement)
  await takeOutSegments(db, replacement)
  await putInSegments(db, replacement)
  await noteTouchedStandings(db, replacement)
}
