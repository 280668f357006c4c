import { asWorker, type Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { parts } from "@/lib/base/parts"
import { alone } from "@/lib/base/rounds/alone"
import { addDays, type Day } from "@/lib/base/time/zone"
import { signalDrop, trendsOf } from "@/lib/insight/trends/signals"
import {
  countersOf,
  dueTerminals,
  keptWeeksOf,
  wearFromOf,
  weeksOf,
  writeWear,
  type DueRow,
} from "@/lib/insight/trends/sql"
import {
  completed,
  keptWeeks,
  mergeWeeks,
  weeksAt,
  withCounters,
  withoutFormerSignals,
  type Counters,
} from "@/lib/insight/trends/weeks"

/** Terminals of a slice: their lines take a fifth of a second, in which the worker does nothing else. */
const mostAtOnce = 70
/** Finding those whose week is over reads all terminals, so many are found at once. */
const mostFound = 10_000
/** Records come weeks late at most, so the last weeks are read again with each new one. */
const weeksReadAgain = 5

const noCounters: Counters = { printerLines: null, chipReads: null, swipeReads: null }

type Round = { orgId: string; now: Date }

/** Adds the weeks that are over to those of an organisation's terminals, and computes their trends anew. */
export async function* settleTrends({ orgId, now }: Round): AsyncGenerator<number, void> {
  for (let found = mostFound; found === mostFound;) {
    const due = await asWorker((db) => dueTerminals(db, { orgId, now, limit: mostFound }))
    for (const slice of parts(due, mostAtOnce)) {
      const lock = { round: "wear", orgId } as const
      if ((await alone(lock, (db) => settleSlice(db, slice, { orgId, now }))) === null) return
      yield slice.length
    }
    found = due.length
  }
}

async function settleSlice(db: Db, due: readonly DueRow[], { orgId, now }: Round): Promise<unknown> {
  const first = due.map(firstToRead).toSorted()[0]
  if (first === undefined) return []
  const ids = due.map(({ id }) => id)
  const known = new Map((await keptWeeksOf(db, ids)).map(({ id, weeks }) => [id, completed(weeks)]))
  const [counted] = await wearFromOf(db, orgId)
  const wearFrom = counted?.from ?? null
  const read = groupBy(await weeksOf(db, { ids, from: first, wearFrom }), ({ id }) => id)
  const counters = new Map((await countersOf(db, ids)).map((row) => [row.id, row]))
  const at = weeksAt(now.getTime())
  const rows = due.map(({ id, last, since, ...lives }) => {
    const added = (read.get(id) ?? []).map(({ id: _id, ...week }) => week)
    const shown = counters.get(id) ?? noCounters
    const merged = mergeWeeks(known.get(id) ?? [], withCounters(added, shown), last)
    const weeks = withoutFormerSignals(merged, since)
    return { id, week: last, weeks, trends: trendsOf(weeks, lives, at), signal: signalDrop(weeks, last) }
  })
  return writeWear(db, orgId, rows)
}

/** The Monday from which a terminal's weeks are read: all that are kept, if none was taken in yet. */
function firstToRead({ last, settled }: DueRow): Day {
  const oldest = addDays(last, -7 * (keptWeeks - 1))
  if (settled === null) return oldest
  const again = addDays(last, -7 * (weeksReadAgain - 1))
  const next = addDays(settled, 7)
  return [oldest, next < again ? next : again].toSorted()[1] ?? oldest
}
