import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { alone } from "@/lib/base/rounds/alone"
import { addDays, type Day } from "@/lib/base/time/zone"
import { signalDrop, trendsOf } from "@/lib/insight/trends/signals"
import { countersOf, dueTerminals, weeksOf, writeWear, type DueRow } from "@/lib/insight/trends/sql"
import { keptWeeks, mergeWeeks, weeksAt, withCounters } from "@/lib/insight/trends/weeks"

const mostAtOnce = 500
/** Records come weeks late at most, so the last weeks are read again with each new one. */
const weeksReadAgain = 5

type Round = { orgId: string; now: Date }

/** Adds the weeks that are over to those of an organisation's terminals, and computes their trends anew. */
export async function* settleTrends(round: Round): AsyncGenerator<number, void> {
  for (let count = mostAtOnce; count === mostAtOnce;) {
    const settled = await alone({ round: "wear", orgId: round.orgId }, (db) => settleSlice(db, round))
    if (settled === null) return
    count = settled
    yield count
  }
}

async function settleSlice(db: Db, { orgId, now }: Round): Promise<number> {
  const due = await dueTerminals(db, { orgId, now, limit: mostAtOnce })
  const first = due.map(firstToRead).toSorted()[0]
  if (first === undefined) return 0
  const ids = due.map(({ id }) => id)
  const read = groupBy(await weeksOf(db, { ids, from: first }), ({ id }) => id)
  const counters = new Map((await countersOf(db, ids)).map((row) => [row.id, row]))
  const at = weeksAt(now.getTime())
  const rows = due.map(({ id, last, known, ...lives }) => {
    const added = (read.get(id) ?? []).map(({ id: _id, ...week }) => week)
    const shown = counters.get(id) ?? { printerLines: null, chipReads: null }
    const weeks = mergeWeeks(known ?? [], withCounters(added, shown), last)
    return { id, week: last, weeks, trends: trendsOf(weeks, lives, at), signal: signalDrop(weeks, last) }
  })
  await writeWear(db, orgId, rows)
  return due.length
}

/** The Monday from which a terminal's weeks are read: all that are kept, if it has none yet. */
function firstToRead({ last, known }: DueRow): Day {
  const oldest = addDays(last, -7 * (keptWeeks - 1))
  const newest = known?.at(-1)?.week
  if (newest === undefined) return oldest
  const again = addDays(last, -7 * (weeksReadAgain - 1))
  const next = addDays(newest, 7)
  return [oldest, next < again ? next : again].toSorted()[1] ?? oldest
}
