import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { checkOutages, outagesOf } from "@/lib/insight/silence/outages"
import { nextStepAt, silencePlan, stepAt } from "@/lib/insight/silence/silence-plan"
import {
  calendarsOf,
  dueOrganisations,
  dueTerminals,
  tryStatesLock,
  writeStates,
  type DueRow,
  type Settled,
} from "@/lib/insight/silence/sql"
import { storeTimeOf, type StoreTime } from "@/lib/insight/silence/store-time"
import { takeChanges } from "@/lib/insight/silence/take-changes"
import { asOf } from "@/lib/rollups/fold/as-of"

/** So many rows are written within a tenth of a second, so the fold hardly waits. */
const mostAtOnce = 2_000
/** If the fold is further behind, terminals count as silent only up to where it is. */
const worryingLagMs = 60_000

type Round = { orgId: string; now: Date }
export type SettledCount = { terminals: number; statesChanged: number }

/** Brings the online states of all organisations up to now. */
export async function settleStates({ now }: { now: Date }): Promise<SettledCount> {
  const total = { terminals: 0, statesChanged: 0 }
  for (const { id } of await asWorker((db) => dueOrganisations(db, { now }))) {
    const settled = await settleOrganisation({ orgId: id, now })
    total.terminals += settled.terminals
    total.statesChanged += settled.statesChanged
  }
  return total
}

/**
 * Brings the online states of one organisation up to now. It reads only terminals that are due. Each step is
 * a transaction of its own, and is left to another worker that is at it.
 */
export async function settleOrganisation({ orgId, now }: Round): Promise<SettledCount> {
  const alone = <T>(otherwise: T, run: (db: Db) => Promise<T>): Promise<T> =>
    asWorker(async (db) => {
      const [lock] = await tryStatesLock(db, orgId)
      return lock?.locked ? run(db) : otherwise
    })
  let mayWait = true
  while (mayWait) mayWait = await alone(false, (db) => takeChanges(db, { orgId, now }))
  const total = { terminals: 0, statesChanged: 0 }
  if (await alone(true, (db) => checkOutages(db, { orgId, now }))) return total
  mayWait = true
  while (mayWait) {
    const nothing = { terminals: 0, statesChanged: 0, mayWait: false }
    const slice = await alone(nothing, (db) => settleSlice(db, { orgId, now }))
    total.terminals += slice.terminals
    total.statesChanged += slice.statesChanged
    mayWait = slice.mayWait
  }
  return total
}

/** Works out the states of the terminals that are due longest. */
export async function settleSlice(
  db: Db,
  { orgId, now }: Round,
): Promise<SettledCount & { mayWait: boolean }> {
  const upTo = await knownUpTo(db, { orgId, now })
  const due = await dueTerminals(db, { orgId, now: upTo, limit: mostAtOnce })
  if (due.length === 0) return { terminals: 0, statesChanged: 0, mayWait: false }
  const settled = await settledOf(db, { orgId, due, now: upTo })
  await takeFoldLock(db, orgId)
  const written = new Set((await writeStates(db, { settled, now: upTo })).map(({ terminal_id: id }) => id))
  const before = new Map(due.map((row) => [row.terminal_id, row.online_state]))
  const changed = settled.filter(({ terminal_id: id, state }) => written.has(id) && before.get(id) !== state)
  return {
    terminals: written.size,
    statesChanged: changed.length,
    mayWait: due.length === mostAtOnce && written.size > 0,
  }
}

/** Now, or the time up to which records are folded if that is long ago: later ones may be waiting. */
async function knownUpTo(db: Db, { orgId, now }: Round): Promise<Date> {
  const folded = await asOf(db, orgId)
  return folded < now && Date.now() - folded.getTime() > worryingLagMs ? folded : now
}

type Due = Round & { due: DueRow[] }

async function settledOf(db: Db, { orgId, due, now }: Due): Promise<Settled[]> {
  const storeOf = await storesOf(db, { orgId, due, now })
  return due.map(({ terminal_id, due: dueAt, received, learnt_interval_seconds, ...row }) => {
    const store = row.status === "active" ? storeOf.get(row.store_id ?? 0) : undefined
    const key = { terminal_id, due: dueAt, received, learnt_interval_seconds }
    if (!store || !row.last_received_at) return { ...key, state: "unknown", since: now, next: null }
    const plan = silencePlan({
      ...store,
      lastReceivedAt: row.last_received_at.getTime(),
      intervalSeconds: learnt_interval_seconds,
    })
    const step = stepAt(plan, now.getTime())
    const next = nextStepAt(plan, now.getTime())
    return {
      ...key,
      state: step?.state ?? "online",
      since: step ? new Date(step.at) : now,
      next: next === null ? null : new Date(next),
    }
  })
}

/** The times of the stores of these terminals. */
async function storesOf(db: Db, { orgId, due, now }: Due): Promise<Map<number, StoreTime>> {
  const oldest = due.reduce((least, row) => Math.min(least, row.last_received_at?.getTime() ?? least), +now)
  const outages = await outagesOf(db, { orgId, since: new Date(oldest) })
  const ids = [...new Set(due.flatMap(({ store_id: id }) => (id === null ? [] : [id])))]
  return new Map((await calendarsOf(db, ids)).map((row) => [row.id, storeTimeOf(row, outages)]))
}
