import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { parts } from "@/lib/base/parts"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { filledOrganisations } from "@/lib/base/rounds/organisations"
import { dayAt } from "@/lib/base/time/zone-days"
import { learnWeek, weekOfStore, type UsualWeek } from "@/lib/insight/silence/usual-week"
import {
  lookAtSilent,
  sentBy,
  terminalsToLearn,
  weeksAt,
  writeWeeks,
  type LearntWeek,
  type SentRow,
} from "@/lib/insight/silence/weeks-sql"

const mostAtOnce = 1_000
const dayMs = 86_400_000

/**
 * Learns when terminals usually send heartbeats, once a day: of a seventh of all, and of those that have no
 * week yet. Returns of how many.
 */
export async function learnWeeks({ now }: { now: Date }): Promise<number> {
  const orgIds = (await filledOrganisations()).map(({ id }) => id)
  const learnt = await inTurns({ loop: "weeks", orgIds, work: (orgId) => learnInSlices({ orgId, now }) })
  return learnt.reduce((sum, count) => sum + count, 0)
}

type Learning = { orgId: string; now: Date }

export async function* learnInSlices({ orgId, now }: Learning): AsyncGenerator<number, void> {
  const seventh = Math.floor(now.getTime() / dayMs) % 7
  const ids = (await asWorker((db) => terminalsToLearn(db, { orgId, seventh }))).map(({ id }) => id)
  for (const some of parts(ids, mostAtOnce))
    yield await asWorker((db) => learn(db, { orgId, now, ids: some }))
}

async function learn(db: Db, { orgId, now, ids }: Learning & { ids: readonly number[] }): Promise<number> {
  const rows = await sentBy(db, { orgId, ids, now })
  const own = new Map(rows.map((row) => [row.id, ownWeek(row, now)]))
  const young = rows.filter(({ id }) => own.get(id) === null).map((row) => row.store_id)
  const shared = await weeksOfStores(db, young)
  const weeks = rows.flatMap(({ id, store_id: store }): LearntWeek[] => {
    const week = own.get(id) ?? shared.get(store)
    return week ? [{ ...week, id, store, isOwn: own.get(id) !== null }] : []
  })
  await takeFoldLock(db, orgId)
  await writeWeeks(db, { orgId, weeks })
  await lookAtSilent(db, { ids: weeks.map(({ id }) => id), now })
  return weeks.length
}

/** The first day with a heartbeat may be a part of one. */
function ownWeek({ time_zone: zone, days, hours, beats }: SentRow, now: Date): UsualWeek | null {
  const first = (days[0] ?? 0) + 1
  const sent = days.map((day, i) => ({ day, hours: hours[i] ?? 0, beats: beats[i] ?? 0 })).slice(1)
  return learnWeek(sent, { first, end: dayAt(zone, now.getTime()) })
}

async function weeksOfStores(db: Db, stores: readonly number[]): Promise<Map<number, UsualWeek | null>> {
  const rows = stores.length > 0 ? await weeksAt(db, [...new Set(stores)]) : []
  const weeks = rows.map((row) => ({ ...row, beatsPerHour: row.beats_per_hour }))
  return new Map([...groupBy(weeks, (week) => week.store_id)].map(([store, of]) => [store, weekOfStore(of)]))
}
