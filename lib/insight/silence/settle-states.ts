import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { stayOnIndex } from "@/lib/base/db/stay-on-index"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { alone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { sumCounts } from "@/lib/base/rounds/sum-counts"
import { readWindows } from "@/lib/fleet/maintenance/read-windows"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import { flapsAfter } from "@/lib/insight/silence/flapping"
import { lastSignOf } from "@/lib/insight/silence/last-sign"
import { checkOutages, forgetStates, outagesOf } from "@/lib/insight/silence/outages"
import { usualSlice, type Round } from "@/lib/insight/silence/round"
import { nextStepAt, silencePlan, stepAt } from "@/lib/insight/silence/silence-plan"
import {
  calendarsOf,
  dueTerminals,
  organisationsAt,
  withDueTerminals,
  writeStates,
  type DueRow,
  type Settled,
} from "@/lib/insight/silence/sql"
import type { StoreTime } from "@/lib/insight/silence/store-time"
import { takeChanges } from "@/lib/insight/silence/take-changes"
import { terminalTimes } from "@/lib/insight/silence/terminal-times"
import { weekOf } from "@/lib/insight/silence/week-row"
import { rankNew } from "@/lib/insight/standings/note-changes"
import { longWaiting } from "@/lib/rollups/fold/as-of"

/** States of other organisations wait meanwhile, and change within two seconds of their deadlines. */
const patienceMs = 1_000
/** If the fold is further behind, terminals count as silent only up to where it is. */
const worryingLagMs = 60_000

export type SettledCount = { terminals: number; statesChanged: number }
type Slice = SettledCount & { mayWait: boolean }

const none: SettledCount = { terminals: 0, statesChanged: 0 }
const nothing: Slice = { ...none, mayWait: false }

const sumOf = (counts: SettledCount[]) => sumCounts(none, counts)

/** Brings the online states of all organisations up to now, in turn. */
export async function settleStates({ now }: { now: Date }): Promise<SettledCount> {
  const orgIds = await asWorker((db) => dueOrganisations(db, now))
  const work = (orgId: string, longestWaitMs: number) => settleInSlices({ orgId, now, longestWaitMs })
  return sumOf(await inTurns({ loop: "states", orgIds, work, patienceMs }))
}

async function dueOrganisations(db: Db, now: Date): Promise<string[]> {
  const all = await organisationsAt(db, { now })
  const noted = all.filter((one) => one.is_noted)
  // During an outage all terminals are due, but nothing is to be worked out.
  const others = all.filter((one) => !one.is_noted && !one.has_outage)
  await stayOnIndex(db)
  const due = await withDueTerminals(db, { orgIds: others.map(({ id }) => id), now })
  return [...noted, ...due].map(({ id }) => id)
}

/** Brings the online states of one organisation up to now. */
export async function settleOrganisation(round: Round): Promise<SettledCount> {
  const counts: SettledCount[] = []
  for await (const count of settleInSlices(round)) counts.push(count)
  return sumOf(counts)
}

/**
 * Reads only terminals that are due. Each slice is a transaction of its own. Another worker that is at work
 * on the organisation does what is left.
 */
async function* settleInSlices(round: Round): AsyncGenerator<SettledCount, void> {
  const lock = { round: "states", orgId: round.orgId } as const
  for (let mayWait = true; mayWait;) {
    const changes = await alone(lock, (db) => takeChanges(db, round))
    const settled = changes && (await alone(lock, (db) => settleSlice(db, round)))
    if (!settled) return
    yield settled
    mayWait = settled.mayWait || changes.mayWait
  }
}

/** Works out some states of an organisation. During an outage of our own none is known. */
async function settleSlice(db: Db, round: Round): Promise<Slice> {
  const { isOpen, hasEnded } = await checkOutages(db, round)
  if (isOpen) return { ...nothing, mayWait: await forgetStates(db, round) }
  const settled = await settleDue(db, round)
  return { ...settled, mayWait: settled.mayWait || hasEnded }
}

/** Works out the states of the terminals that are due longest. */
export async function settleDue(db: Db, round: Round): Promise<Slice> {
  const { orgId, now, longestWaitMs, atMost = usualSlice } = round
  const upTo = await knownUpTo(db, { orgId, now })
  await stayOnIndex(db)
  const due = await dueTerminals(db, { orgId, now: upTo, limit: atMost })
  if (due.length === 0) return nothing
  const settled = await settledOf(db, { orgId, due, now: upTo })
  await takeFoldLock(db, orgId, longestWaitMs)
  await rankNew(
    db,
    due.map(({ terminal_id: id }) => id),
  )
  const written = new Set((await writeStates(db, { settled, now: upTo })).map(({ terminal_id: id }) => id))
  const before = new Map(due.map((row) => [row.terminal_id, row.online_state]))
  const changed = settled.filter(({ terminal_id: id, state }) => written.has(id) && before.get(id) !== state)
  return {
    terminals: written.size,
    statesChanged: changed.length,
    mayWait: due.length === atMost && written.size > 0,
  }
}

/** Now, or the time up to which records are folded if that is long ago: later ones may be waiting. */
async function knownUpTo(db: Db, { orgId, now }: Round): Promise<Date> {
  const waiting = await longWaiting(db, orgId, worryingLagMs)
  return waiting && waiting < now ? waiting : now
}

type Due = Round & { due: DueRow[] }

async function settledOf(db: Db, { orgId, due, now }: Due): Promise<Settled[]> {
  const timeOf = await timesOf(db, { orgId, due, now })
  return due.map((row) => {
    const { terminal_id, due: dueAt, received, sold, learnt_interval_seconds, flaps, flapped_at } = row
    const time = row.status === "active" ? timeOf(terminal_id, row.store_id) : null
    const key = { terminal_id, due: dueAt, received, sold, learnt_interval_seconds }
    const lastSignAt = lastSignOf(row, now)
    if (!time || lastSignAt === null)
      return { ...key, state: "unknown", since: now, next: null, flaps, flapped_at }
    const plan = silencePlan({
      ...time,
      lastSignAt,
      intervalSeconds: learnt_interval_seconds,
      week: weekOf(row),
    })
    const step = stepAt(plan, now.getTime())
    const next = nextStepAt(plan, now.getTime())
    const state = step?.state ?? "online"
    return {
      ...key,
      ...flapsOf(row, state, now),
      state,
      since: step ? new Date(step.at) : now,
      next: next === null ? null : new Date(next),
    }
  })
}

type Flapped = Pick<DueRow, "online_state" | "flaps" | "flapped_at">

function flapsOf({ online_state: from, flaps, flapped_at }: Flapped, to: OnlineState, now: Date) {
  const before = { flaps, at: flapped_at?.getTime() ?? null }
  const after = flapsAfter(before, { from, to, now: now.getTime() })
  return after === before ? { flaps, flapped_at } : { flaps: after.flaps, flapped_at: now }
}

type TimeOf = (terminalId: number, storeId: number | null) => StoreTime | null

/** The open time of these terminals. */
async function timesOf(db: Db, { orgId, due, now }: Due): Promise<TimeOf> {
  const oldest = due.reduce((least, row) => Math.min(least, lastSignOf(row, now) ?? least), +now)
  const from = new Date(oldest)
  const outages = await outagesOf(db, { orgId, since: from })
  const windows = await readWindows(db, { orgId, from })
  const timeOf = terminalTimes({ outages, windows, from: oldest, now: now.getTime() })
  const ids = [...new Set(due.flatMap(({ store_id: id }) => (id === null ? [] : [id])))]
  const stores = new Map((await calendarsOf(db, ids)).map((row) => [row.store_id, row]))
  return (terminalId, storeId) => {
    const store = stores.get(storeId ?? 0)
    return store ? timeOf({ ...store, terminal_id: terminalId }) : null
  }
}
