import type { Db } from "@/lib/base/db/transaction"
import { makeChanges, moveSums } from "@/lib/rollups/fold/move-sums"
import { makeTouchedRows, replaceRollups } from "@/lib/rollups/fold/replace-rollups"
import { advanceStates, advanceTails, makeAdvanced } from "@/lib/rollups/fold/sql/advance"
import {
  makeBeatArrivals,
  makeDisordered,
  makeRestated,
  makeSaleArrivals,
} from "@/lib/rollups/fold/sql/arrivals"
import { markFolded, type Claim, type Kept } from "@/lib/rollups/fold/sql/claim"
import { makeNewestSales, noteSalesInStates, noteSalesInTails } from "@/lib/rollups/fold/sql/newest-sales"
import { addOperators } from "@/lib/rollups/fold/sql/operators"
import { noteNewDays, noteNewHours } from "@/lib/rollups/fold/sql/places"
import { makeRestatement, restateStates, restateTails } from "@/lib/rollups/fold/sql/restate"
import { addDays, addHours, makeNewHours } from "@/lib/rollups/fold/sql/rollups"
import { makeNewSales } from "@/lib/rollups/fold/sql/sales"
import { addSegments } from "@/lib/rollups/fold/sql/segments"
import { noteNewStandings } from "@/lib/rollups/fold/sql/standings"
import { keptRollups as rollups } from "@/lib/rollups/fold/sql/tables"
import { makeTouched } from "@/lib/rollups/fold/sql/touched"

type Round = { kept: Kept; claim: Claim; firstHourDay: string }

/** The steps of one round, in order. README.md describes the temporary tables. */
export async function foldClaim(db: Db, { kept, claim, firstHourDay }: Round): Promise<void> {
  const orgId = kept.org_id
  // The terminals that sent something: in order or disordered.
  const beatArrivals = await makeBeatArrivals(db, claim)
  const saleArrivals = await makeSaleArrivals(db, claim)
  const disordered = await makeDisordered(db, { beatArrivals, saleArrivals })
  const restated = await makeRestated(db, { beatArrivals, disordered })

  // Disordered terminals: the days that they touch are recounted from all raw rows that count.
  const touched = await makeTouched(db, { claim, kept, disordered })
  const changes = await makeChanges(db)
  const { bounds, rates, sales, beats } = await makeTouchedRows(db, { orgId, touched, ...claim })
  const into = { orgId, placesFrom: kept.places_from, rollups, ...changes }
  if (bounds) await replaceRollups(db, { ...into, touched, sales, beats, firstHourDay, ...bounds })

  // Terminals in order: their new rows are added.
  const newSales = await makeNewSales(db, { claim, rates, saleArrivals, disordered })
  const newHours = await makeNewHours(db, { claim, disordered, newSales })
  await addHours(db, { rollups, newHours, firstHourDay })
  await addDays(db, { rollups, newHours })
  await noteNewHours(db, { ...changes, newHours, firstHourDay })
  await noteNewDays(db, { ...changes, newHours })
  await addOperators(db, { rollups, newSales, firstHourDay })
  await addSegments(db, { ...into, touched, newSales })
  await noteNewStandings(db, { rollups, newHours })

  // The sums of stores and organisation change by what their terminals' rollups changed.
  await moveSums(db, { ...into, bounds })

  // The state of each terminal, and where the next round continues.
  const advanced = await makeAdvanced(db, { claim, beatArrivals, disordered })
  await advanceTails(db, { advanced })
  await advanceStates(db, { advanced, restated })
  const restatement = await makeRestatement(db, { restated, ...claim })
  await restateTails(db, { restatement })
  await restateStates(db, { restatement })
  const newestSales = await makeNewestSales(db, { saleArrivals, sales })
  await noteSalesInTails(db, { newestSales })
  await noteSalesInStates(db, { newestSales })

  await markFolded(db, claim)
}
