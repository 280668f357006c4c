import { asWorker, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { addDays, type Day } from "@/lib/base/time/zone"
import { alone } from "@/lib/rollups/fold/alone"
import { replacePlaces } from "@/lib/rollups/fold/fill-places"
import { foldOnce, foldWaiting } from "@/lib/rollups/fold/fold-once"
import { noon, recountDay, waitingIds } from "@/lib/rollups/fold/recount-day"
import {
  batteryHealthNames,
  expectedNames,
  versionNames,
  wearNames,
} from "@/lib/rollups/fold/sql/bucket-columns"
import {
  checkable,
  clearSegments,
  dropTemporary,
  makeRecounted,
  type Organisation,
} from "@/lib/rollups/fold/sql/check"
import { prepareSession, type Kept } from "@/lib/rollups/fold/sql/claim"
import {
  dayDifferences,
  hourDifferences,
  operatorDifferences,
  placeDayDifferences,
  placeHourDifferences,
  segmentDifferences,
  type Difference,
} from "@/lib/rollups/fold/sql/differences"
import { makeRestatement, restateStates, restateTails } from "@/lib/rollups/fold/sql/restate"
import { keptRollups } from "@/lib/rollups/fold/sql/tables"
import {
  clearLastBeats,
  clearTails,
  makeRestatedOfWrong,
  makeWrongStates,
  stateDifferences,
} from "@/lib/rollups/fold/sql/wrong-states"

type Check = {
  /** All organisations if none is given. */
  orgId: string | null
  /** Store-local days, `to` excluded. */
  from: Day
  to: Day
  isRepair: boolean
  onProgress?: (progress: { organisation: string; day: Day | null; differences: number }) => void
}
type Found = Difference & { organisation: string }

type Piece = {
  compare: (db: Db, kept: Kept) => Promise<Difference[]>
  repair: (db: Db, kept: Kept) => Promise<void>
}

/**
 * Recounts the rollups of these days from raw rows with the statements of the fold, one day of one
 * organisation at a time. With `isRepair` the same statements write the values that differ.
 */
export async function checkRollups({ orgId, from, to, isRepair, onProgress }: Check): Promise<Found[]> {
  const organisations = await asWorker((db) => checkable(db, orgId))
  for (const organisation of organisations) {
    if (from < organisation.oldest_day) {
      throw new AppError(
        "invalid",
        `${organisation.name} can be checked from ${organisation.oldest_day} on: ` +
          "earlier raw rows are not kept.",
      )
    }
  }
  const found: Found[] = []
  for (const organisation of organisations) {
    const check = async (day: Day | null, { compare, repair }: Piece) => {
      const differences = await settled(organisation, compare)
      if (isRepair && differences.length > 0)
        await alone(organisation.org_id, ({ kept, inGroups }) => inGroups((db) => repair(db, kept)))
      for (const one of differences) found.push({ ...one, organisation: organisation.name })
      onProgress?.({ organisation: organisation.name, day, differences: differences.length })
    }
    for (let day = from; day < to; day = addDays(day, 1)) {
      await check(day, {
        compare: (db, kept) => compareDay(db, { organisation, day, kept }),
        repair: (db, kept) => repairDay(db, { organisation, day, kept }),
      })
    }
    const days = { orgId: organisation.org_id, from, to }
    await check(null, { compare: (db) => compareStates(db, days), repair: (db) => repairStates(db, days) })
  }
  return found
}

/**
 * The differences after all waiting batches are folded, in the same snapshot. A sale whose code was mapped
 * since waits with its new code, while the rollups have the old one. This would look like a difference.
 */
async function settled(
  { org_id: orgId }: Organisation,
  compare: (db: Db, kept: Kept) => Promise<Difference[]>,
): Promise<Difference[]> {
  const first = await alone(orgId, ({ kept, inGroups }) =>
    inGroups(async (db) => ({
      isWaiting: (await waitingIds(db, orgId)).length > 0,
      differences: await compare(db, kept),
    })),
  )
  const differences = first.flatMap((one) => one.differences)
  if (differences.length === 0 || !first.some(({ isWaiting }) => isWaiting)) return differences
  // Folds in separate rounds first, as the worker does, so that the snapshot has little left to fold.
  await foldOnce()
  const settledGroups = await alone(orgId, ({ kept, inGroups }) =>
    inGroups(async (db) => {
      await prepareSession(db)
      while ((await foldWaiting(db, kept)).batches > 0) await dropTemporary(db)
      return compare(db, kept)
    }),
  )
  return settledGroups.flat()
}

type OneDay = { organisation: Organisation; day: Day; kept: Kept }

async function compareDay(db: Db, { organisation, day, kept }: OneDay): Promise<Difference[]> {
  const recounted = await makeRecounted(db)
  await recountDay(db, { organisation, day, kept, rollups: recounted })
  const isCounted = (from: Day | null) => from === null || day >= from
  const isExpected = isCounted(kept.expected_from)
  const uncounted = [
    ...(isExpected ? [] : expectedNames),
    ...(isCounted(kept.battery_health_from) ? [] : batteryHealthNames),
    ...(isCounted(kept.wear_from) ? [] : wearNames),
    ...(isCounted(kept.versions_from) ? [] : versionNames),
  ]
  const one = { orgId: organisation.org_id, day, recounted, uncounted }
  const hasHours = day >= organisation.first_hour_day
  const ofHours = hasHours ? [hourDifferences, placeHourDifferences] : []
  const ofOperators = hasHours && isExpected ? [operatorDifferences] : []
  const found: Difference[] = []
  for (const differences of [
    ...ofHours,
    ...ofOperators,
    dayDifferences,
    placeDayDifferences,
    segmentDifferences,
  ])
    found.push(...(await differences(db, one)))
  return found
}

async function repairDay(db: Db, { organisation, day, kept }: OneDay): Promise<void> {
  await clearSegments(db, { orgId: organisation.org_id, day })
  await recountDay(db, { organisation, day, kept, rollups: keptRollups })
  await replacePlaces(db, { orgId: organisation.org_id, day })
}

type Days = { orgId: string; from: Day; to: Day }

async function compareStates(db: Db, days: Days): Promise<Difference[]> {
  const wrongStates = await makeWrongStates(db, { ...days, waiting: await waitingIds(db, days.orgId) })
  return stateDifferences(db, { wrongStates })
}

async function repairStates(db: Db, days: Days): Promise<void> {
  const waiting = await waitingIds(db, days.orgId)
  const wrongStates = await makeWrongStates(db, { ...days, waiting })
  const restated = await makeRestatedOfWrong(db, { wrongStates })
  await clearTails(db, { restated })
  await clearLastBeats(db, { restated })
  const restatement = await makeRestatement(db, { restated, waiting, from: noon(days.from) })
  await restateTails(db, { restatement })
  await restateStates(db, { restatement })
}
