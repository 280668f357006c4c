import { DateTime } from "luxon"
import { foldLock } from "@/lib/base/db/fold-lock"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, asWorkerLocked, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { addDays, type Day } from "@/lib/base/time/zone"
import { foldClaimed, foldOnce } from "@/lib/rollups/fold/fold-once"
import { deriveBeats } from "@/lib/rollups/fold/sql/beats"
import {
  checkable,
  clearSegments,
  dayDifferences,
  dropTemporary,
  findWrongStates,
  forgetTails,
  hourDifferences,
  segmentDifferences,
  shadowRollups,
  stateDifferences,
  touchDay,
  waitingBatches,
  type Difference,
  type Organisation,
} from "@/lib/rollups/fold/sql/check"
import { prepareSession } from "@/lib/rollups/fold/sql/claim"
import { replaceDays, replaceHours } from "@/lib/rollups/fold/sql/rollups"
import { deriveSales } from "@/lib/rollups/fold/sql/sales"
import {
  beginSegmentChange,
  moveOrganisationSegments,
  replaceSegments,
} from "@/lib/rollups/fold/sql/segments"
import { restateTails } from "@/lib/rollups/fold/sql/tails"
import { touchedBounds } from "@/lib/rollups/fold/sql/touched"

type Check = {
  /** All organisations where none is named. */
  orgId: string | null
  /** Store-local days, `to` excluded. */
  from: Day
  to: Day
  isRepair: boolean
  onProgress?: (progress: { organisation: string; day: Day | null; differences: number }) => void
}
export type Found = Difference & { organisation: string }

type Piece = { compare: (db: Db) => Promise<Difference[]>; repair: (db: Db) => Promise<void> }

/**
 * Recounts the rollups of these days from raw rows, a day of an organisation at a time, by the fold's own
 * statements; where they differ and a repair is asked for, the same statements write them.
 */
export async function checkRollups({ orgId, from, to, isRepair, onProgress }: Check): Promise<Found[]> {
  const organisations = await asWorker((db) => checkable(db, orgId))
  for (const organisation of organisations) {
    if (from < organisation.oldest_day) {
      throw new AppError(
        "invalid",
        `The oldest day that can be checked of ${organisation.name} is ${organisation.oldest_day}: raw rows of before are not kept.`,
      )
    }
  }
  const found: Found[] = []
  for (const organisation of organisations) {
    const check = async (day: Day | null, { compare, repair }: Piece) => {
      const differences = await settled(organisation, compare)
      if (isRepair && differences.length > 0) await alone(organisation.org_id, repair)
      for (const one of differences) found.push({ ...one, organisation: organisation.name })
      onProgress?.({ organisation: organisation.name, day, differences: differences.length })
    }
    for (let day = from; day < to; day = addDays(day, 1)) {
      await check(day, {
        compare: (db) => compareDay(db, organisation, day),
        repair: (db) => repairDay(db, organisation, day),
      })
    }
    const days = { orgId: organisation.org_id, from, to }
    await check(null, { compare: (db) => wrongStates(db, days), repair: (db) => repairStates(db, days) })
  }
  return found
}

/** Runs while nobody folds the organisation, in a snapshot that begins after the last fold ended. */
export const alone = <T>(orgId: string, run: (db: Db) => Promise<T>): Promise<T> =>
  retryConflicts(() => asWorkerLocked(foldLock(orgId), run))

/**
 * What differs when what waited is folded, in the same snapshot. Sales that are being booked anew wait with their
 * new code, and are in the rollups with their old one: until their turn they look like a difference, and are none.
 */
async function settled(
  { org_id: orgId, hour_retention_days: hourRetentionDays }: Organisation,
  compare: (db: Db) => Promise<Difference[]>,
): Promise<Difference[]> {
  const first = await alone(orgId, async (db) => ({
    isWaiting: (await waitingIds(db, orgId)).length > 0,
    differences: await compare(db),
  }))
  if (first.differences.length === 0 || !first.isWaiting) return first.differences
  // As the worker does, in rounds of its own; what comes in after is little.
  await foldOnce()
  return alone(orgId, async (db) => {
    await prepareSession(db)
    while ((await foldClaimed(db, orgId, hourRetentionDays)).batches > 0) await dropTemporary(db)
    return compare(db)
  })
}

/** Temporary tables of the day's places, sales and beats, as the fold makes them; of one store alone where it is named. */
export async function deriveDay(
  db: Db,
  { org_id: orgId }: Organisation,
  day: Day,
  storeId: number | null = null,
): Promise<{ from: Date; to: Date }> {
  await prepareSession(db)
  await touchDay(db, { orgId, day, storeId })
  const [bounds] = await touchedBounds(db)
  const waiting = await waitingIds(db, orgId)
  const range = { from: bounds?.from ?? noon(day), to: bounds?.to ?? noon(day), waiting }
  await deriveSales(db, range)
  await deriveBeats(db, range)
  return range
}

const waitingIds = async (db: Db, orgId: string) => (await waitingBatches(db, orgId)).map(({ id }) => id)
const noon = (day: Day) => DateTime.fromISO(`${day}T12:00:00Z`).toJSDate()

/** Puts in what the day's sales and beats make, by the fold's own statements; where `shadowRollups` was called, into the shadows. */
export async function writeDay(
  db: Db,
  organisation: Organisation,
  { day, from, to }: { day: Day; from: Date; to: Date },
): Promise<void> {
  const days = { orgId: organisation.org_id, firstDay: day, lastDay: day }
  await replaceHours(db, { firstDay: organisation.first_hour_day, from, to })
  await replaceDays(db, days)
  await beginSegmentChange(db)
  await replaceSegments(db, days)
  await moveOrganisationSegments(db, organisation.org_id)
}

async function compareDay(db: Db, organisation: Organisation, day: Day): Promise<Difference[]> {
  const one = { orgId: organisation.org_id, day }
  const range = await deriveDay(db, organisation, day)
  await shadowRollups(db)
  await writeDay(db, organisation, { day, ...range })
  const hours = day >= organisation.first_hour_day ? await hourDifferences(db, one) : []
  return [...hours, ...(await dayDifferences(db, one)), ...(await segmentDifferences(db, one))]
}

async function repairDay(db: Db, organisation: Organisation, day: Day): Promise<void> {
  const range = await deriveDay(db, organisation, day)
  await clearSegments(db, { orgId: organisation.org_id, day })
  await writeDay(db, organisation, { day, ...range })
}

type States = { orgId: string; from: Day; to: Day }

async function wrongStates(db: Db, days: States): Promise<Difference[]> {
  await findWrongStates(db, { ...days, waiting: await waitingIds(db, days.orgId) })
  return stateDifferences(db)
}

async function repairStates(db: Db, days: States): Promise<void> {
  const waiting = await waitingIds(db, days.orgId)
  await findWrongStates(db, { ...days, waiting })
  await forgetTails(db)
  await restateTails(db, { ids: [], waiting, from: noon(days.from), to: noon(days.to) })
}
