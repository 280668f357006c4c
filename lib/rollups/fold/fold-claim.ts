import type { Db } from "@/lib/base/db/transaction"
import { daysAfter } from "@/lib/base/time/days-after"
import { localDay } from "@/lib/base/time/zone"
import { makeChanges, moveSums } from "@/lib/rollups/fold/move-sums"
import { replaceRollups } from "@/lib/rollups/fold/replace-rollups"
import { advanceStates, advanceTails, makeAdvanced } from "@/lib/rollups/fold/sql/advance"
import {
  makeBeatArrivals,
  makeDisordered,
  makeRestated,
  makeSaleArrivals,
} from "@/lib/rollups/fold/sql/arrivals"
import {
  makeClaimedBeats,
  makeClaimedSales,
  markFolded,
  type Claim,
  type Kept,
} from "@/lib/rollups/fold/sql/claim"
import { makeNewestSales, noteSalesInStates, noteSalesInTails } from "@/lib/rollups/fold/sql/newest-sales"
import { addOperators } from "@/lib/rollups/fold/sql/operators"
import { noteNewDays, noteNewHours } from "@/lib/rollups/fold/sql/places"
import { makeRates } from "@/lib/rollups/fold/sql/rates"
import { makeRestatement, restateStates, restateTails } from "@/lib/rollups/fold/sql/restate"
import { addDays, addHours, makeNewHours } from "@/lib/rollups/fold/sql/rollups"
import { makeNewSales } from "@/lib/rollups/fold/sql/sales"
import { addSegments } from "@/lib/rollups/fold/sql/segments"
import { noteNewStandings } from "@/lib/rollups/fold/sql/standings"
import { keptRollups as rollups } from "@/lib/rollups/fold/sql/tables"
import { hasRows } from "@/lib/rollups/fold/sql/temporary"
import { boundsOf, makeTouched, type Bounds } from "@/lib/rollups/fold/sql/touched"

type Round = { kept: Kept; claim: Claim; firstHourDay: string }

/** The steps of one round, in order. README.md describes the temporary tables. */
export async function foldClaim(db: Db, { kept, claim, firstHourDay }: Round): Promise<void> {
  const orgId = kept.org_id
  // The terminals that sent something: in order or disordered.
  const claimedBeats = await makeClaimedBeats(db, claim)
  const claimedSales = await makeClaimedSales(db, claim)
  const beatArrivals = await makeBeatArrivals(db, { orgId, claim, claimedBeats })
  const saleArrivals = await makeSaleArrivals(db, { orgId, claimedSales })
  const disordered = await makeDisordered(db, { beatArrivals, saleArrivals })
  const restated = await makeRestated(db, { beatArrivals, disordered })

  // Disordered terminals: the days that they touch are recounted from all raw rows that count.
  const claimed = { claim, claimedBeats, claimedSales, disordered }
  const touched = (await hasRows(db, disordered)) ? await makeTouched(db, { ...claimed, kept }) : null
  const bounds = touched && (await boundsOf(db, touched))
  const rates = await makeRates(db, { orgId, ...ratedDays(claim, bounds) })
  const changes = await makeChanges(db)
  const into = { orgId, placesFrom: kept.places_from, rollups, firstHourDay, ...changes }
  const { waiting } = claim
  const sales =
    touched && bounds && (await replaceRollups(db, { ...into, touched, rates, waiting, ...bounds }))

  // Terminals in order: their new rows are added.
  const newSales = await makeNewSales(db, { ...claimed, rates, saleArrivals })
  const newHours = await makeNewHours(db, { ...claimed, newSales })
  await addHours(db, { ...into, newHours })
  await addDays(db, { ...into, newHours })
  await noteNewHours(db, { ...into, newHours })
  await noteNewDays(db, { ...into, newHours })
  await addOperators(db, { ...into, newSales })
  await addSegments(db, { ...into, touched, newSales })
  await noteNewStandings(db, { ...into, newHours })

  // The sums of stores and organisation change by what their terminals' rollups changed.
  await moveSums(db, { ...into, bounds })

  // The state of each terminal, and where the next round continues.
  const advanced = await makeAdvanced(db, { ...claimed, beatArrivals })
  await advanceTails(db, { advanced })
  await advanceStates(db, { advanced, restated })
  if (await hasRows(db, restated)) {
    const restatement = await makeRestatement(db, { restated, ...claim })
    await restateTails(db, { restatement })
    await restateStates(db, { restatement })
  }
  const newestSales = await makeNewestSales(db, { saleArrivals, sales })
  await noteSalesInTails(db, { newestSales })
  await noteSalesInStates(db, { newestSales })

  await markFolded(db, claim)
}

/** The days of the claimed rows and of `bounds`. A store's own day begins and ends within a day of UTC's. */
function ratedDays({ from, to }: Claim, bounds: Bounds | null) {
  const [first, last] = [localDay(daysAfter(from, -1), "UTC"), localDay(daysAfter(to, 1), "UTC")]
  return {
    firstDay: bounds && bounds.firstDay < first ? bounds.firstDay : first,
    lastDay: bounds && bounds.lastDay > last ? bounds.lastDay : last,
  }
}
