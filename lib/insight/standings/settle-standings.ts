import { stayOnIndex } from "@/lib/base/db/stay-on-index"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { alone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { sumCounts } from "@/lib/base/rounds/sum-counts"
import { addDays, dayStart, localDay } from "@/lib/base/time/zone"
import { countOpenFlags } from "@/lib/insight/standings/note-changes"
import { ranksOf } from "@/lib/insight/standings/rank"
import {
  changedTerminals,
  dueTerminals,
  endsOf,
  noteRanked,
  organisationsAt,
  quietEnds,
  salesOf,
  takeChanges,
  withChanges,
  withDueTerminals,
  writeStandings,
  zonesOf,
  type Standing,
} from "@/lib/insight/standings/sql"

const mostAtOnce = 2_000
/** The days that a failure rate in lists is of, today included. */
const rankedDays = 7

type Round = { orgId: string; now: Date }
type Settled = { terminals: number; ranksChanged: number }

/**
 * Ranks the terminals of all organisations whose sales have changed, whose stores' day has begun or whose
 * flags count again.
 */
export async function settleStandings({ now }: { now: Date }): Promise<Settled> {
  const orgIds = await asWorker((db) => dueOrganisations(db, now))
  const settled = await inTurns({ loop: "standings", orgIds, work: (orgId) => inSlices({ orgId, now }) })
  return sumCounts({ terminals: 0, ranksChanged: 0 }, settled)
}

async function dueOrganisations(db: Db, now: Date): Promise<string[]> {
  const all = await organisationsAt(db, { now })
  const orgIds = all.filter((one) => !one.is_old).map(({ id }) => id)
  await stayOnIndex(db)
  const due = [...(await withChanges(db, { orgIds })), ...(await withDueTerminals(db, { orgIds, now }))]
  return [...new Set([...all.filter((one) => one.is_old), ...due].map(({ id }) => id))]
}

/** Each slice is a transaction of its own. Another worker that is at work does what is left. */
async function* inSlices(round: Round): AsyncGenerator<Settled, void> {
  for (let mayWait = true; mayWait;) {
    const slice = await alone({ round: "standings", orgId: round.orgId }, (db) => settleSlice(db, round))
    if (!slice) return
    yield slice
    mayWait = slice.mayWait
  }
}

async function settleSlice(db: Db, { orgId, now }: Round): Promise<Settled & { mayWait: boolean }> {
  await stayOnIndex(db)
  const slice = { orgId, now, limit: mostAtOnce }
  const changed = await changedTerminals(db, slice)
  const due = changed.length < mostAtOnce ? await dueTerminals(db, slice) : []
  const ids = [...new Set([...changed, ...due].map(({ id }) => id))]
  const isLast = changed.length < mostAtOnce && due.length < mostAtOnce
  // Before any terminal's row: the round of states locks the organisation's first as well.
  if (isLast) await noteRanked(db, { orgId, now })
  if (changed.length > 0) await takeChanges(db, { orgId, ids: changed.map(({ id }) => id) })
  const written = ids.length > 0 ? await rank(db, { orgId, now, ids }) : []
  // Only of rows that were written: who changes a flag of theirs meanwhile waits, and counts last.
  if (written.length > 0)
    await countOpenFlags(
      db,
      written.map(({ id }) => id),
      now,
    )
  // Due terminals of which none can be written would come back for ever.
  const mayWait = !isLast && (changed.length > 0 || written.length > 0)
  return { terminals: ids.length, ranksChanged: written.length, mayWait }
}

type Chosen = Round & { ids: readonly number[] }

async function rank(db: Db, chosen: Chosen): Promise<{ id: number }[]> {
  const before = new Map((await endsOf(db, chosen.ids)).map(({ id, until }) => [id, until]))
  const standings = await standingsOf(db, chosen)
  return writeStandings(
    db,
    standings.map((one) => ({ ...one, before: before.get(one.id) ?? "-infinity" })),
  )
}

/** Where these terminals stand, and until when. Those of stores in the same zone have the same days. */
export async function standingsOf(db: Db, { orgId, now, ids }: Chosen): Promise<Standing[]> {
  const standings: Standing[] = []
  const quietOf = new Map((await quietEnds(db, { ids, now })).map(({ id, until }) => [id, until]))
  for (const [zone, placed] of groupBy(await zonesOf(db, ids), (row) => row.zone)) {
    const last = localDay(now, zone)
    const week = { orgId, first: addDays(last, 1 - rankedDays), last, ids: placed.map(({ id }) => id) }
    const salesBy = new Map((await salesOf(db, week)).map((row) => [row.id, row]))
    const dayEnd = dayStart(addDays(last, 1), zone)
    for (const { id } of placed) {
      const until = new Date(Math.min(dayEnd.getTime(), quietOf.get(id)?.getTime() ?? Infinity))
      standings.push({ id, until, ...ranksOf(salesBy.get(id) ?? { attempts: 0, failures: 0 }) })
    }
  }
  return standings
}
