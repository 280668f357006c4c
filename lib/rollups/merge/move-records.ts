import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { asWorker, asWorkerInOneSnapshot, type Db } from "@/lib/base/db/transaction"
import { addDays, localDay, type Day } from "@/lib/base/time/zone"
import { daysOfRecords } from "@/lib/fleet/terminals/merge/days-of-records"
import { alone } from "@/lib/rollups/fold/alone"
import { noon, recountDay, waitingIds } from "@/lib/rollups/fold/recount-day"
import { checkable } from "@/lib/rollups/fold/sql/check"
import { keptOf } from "@/lib/rollups/fold/sql/claim"
import { makeRestatement, restateStates, restateTails } from "@/lib/rollups/fold/sql/restate"
import { keptRollups } from "@/lib/rollups/fold/sql/tables"
import { clearLastBeats, clearTails } from "@/lib/rollups/fold/sql/wrong-states"
import { moveLost } from "@/lib/rollups/lost/move-lost"
import { daysToRecount, isMovable } from "@/lib/rollups/merge/days-to-recount"
import {
  copyRows,
  copyVerdicts,
  daysOfRollups,
  deleteRows,
  deleteVerdictsOf,
  keptTerminal,
  fillLastBeat,
  makeRestatedOf,
  moveSightings,
  newestOf,
  rawTables,
  setLastSale,
} from "@/lib/rollups/merge/sql"

type Merge = {
  orgId: string
  /** The merged terminal, and the one that is kept. */
  from: number
  to: number
  /** The days of the merged terminal's records at the time of the merge. */
  days: readonly Day[]
  signal?: AbortSignal | undefined
}

/**
 * Moves the records of a merged terminal to the one that is kept, as far as their days can be recounted, and
 * recounts both terminals on these days. It can be run again: an interrupted run starts from the beginning.
 * Returns the number of days.
 */
export async function moveRecords({ orgId, from, to: first, days, signal }: Merge): Promise<number> {
  const [kept] = await asWorker((db) => keptTerminal(db, { from, to: first }))
  if (!kept) return 0
  const to = kept.id
  // An interrupted run may have moved records of other days, of which the merged one still has the rollups.
  const folded = (await asWorker((db) => daysOfRollups(db, from))).map(({ day }) => day)
  const moved = new Set<Day>([...days, ...folded, localDay(new Date(), "UTC")])
  for (let found = await movableDays(orgId, from); found.length > 0; found = await movableDays(orgId, from))
    for (const day of found) {
      signal?.throwIfAborted()
      moved.add(day)
      await retryConflicts(() => asWorkerInOneSnapshot((db) => moveDay(db, { from, to, day })))
    }
  await asWorker((db) => moveSightings(db, { from, to }))
  const of = await recountable(orgId, moved)
  const recounted = daysToRecount(of)
  // The days of records come last, because a further run finds them by their rollups, and then all others.
  const isOfRecords = new Set(of)
  for (const day of recounted.toSorted((a, b) => Number(isOfRecords.has(a)) - Number(isOfRecords.has(b)))) {
    signal?.throwIfAborted()
    await recount(orgId, { day, terminalIds: [from, to] })
  }
  // The two may lie in different groups. The kept one comes first, so that a further run still finds both.
  for (const terminalId of [to, from])
    await alone(orgId, async ({ db, inGroups }) => {
      const [newest] = terminalId === to ? await newestOf(db, [from, to]) : []
      await inGroups((group) => restate(group, { orgId, terminalId, newest }))
    })
  return recounted.length
}

const movableDays = async (orgId: string, terminalId: number): Promise<Day[]> =>
  recountable(orgId, await asWorker((db) => daysOfRecords(db, terminalId)))

async function recountable(orgId: string, days: Iterable<Day>): Promise<Day[]> {
  const kept = await asWorker((db) => keptOf(db, orgId))
  return [...days].filter((day) => isMovable(day, kept))
}

/** In one snapshot, so that a row that comes in meanwhile is not deleted: the next pass moves it. */
async function moveDay(db: Db, move: { from: number; to: number; day: Day }): Promise<void> {
  for (const table of rawTables) {
    await copyRows(db, table, move)
    await deleteRows(db, table, move)
  }
  await copyVerdicts(db, move)
  const moved = await deleteVerdictsOf(db, move)
  // A clock may have been wrong by days, and a store's own day is one beside the UTC day.
  const days = moved.flatMap(({ happened_at: at }) => [-1, 0, 1].map((n) => addDays(localDay(at, "UTC"), n)))
  await moveLost(
    db,
    [...new Set(days)].map((day) => ({ terminalId: move.from, day })),
  )
}

async function recount(orgId: string, of: { day: Day; terminalIds: readonly number[] }): Promise<void> {
  const [organisation] = await asWorker((db) => checkable(db, orgId))
  if (!organisation) return
  await alone(orgId, ({ kept, inGroups }) =>
    inGroups((db) => recountDay(db, { organisation, kept, rollups: keptRollups, ...of })),
  )
}

type Newest = { last_sale_at: Date | null; last_beat_at: Date | null }

/**
 * Looks up a terminal's newest values again. A last sale or heartbeat whose raw row is deleted stays known of
 * the kept terminal; the merged one has none.
 */
async function restate(
  db: Db,
  { orgId, terminalId, newest }: { orgId: string; terminalId: number; newest: Newest | undefined },
): Promise<void> {
  const restated = await makeRestatedOf(db, [terminalId])
  await clearTails(db, { restated })
  await clearLastBeats(db, { restated })
  const waiting = await waitingIds(db, orgId)
  const restatement = await makeRestatement(db, {
    restated,
    waiting,
    from: noon(localDay(new Date(), "UTC")),
  })
  await restateTails(db, { restatement })
  await restateStates(db, { restatement })
  await setLastSale(db, { terminalId, at: newest?.last_sale_at ?? null })
  await fillLastBeat(db, { terminalId, at: newest?.last_beat_at ?? null })
}
