import { asWorker, type Db } from "@/lib/base/db/transaction"
import { alone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { sumCounts } from "@/lib/base/rounds/sum-counts"
import { gather, type Gathered } from "@/lib/insight/verdicts/gather"
import {
  leaveWithoutRaw,
  organisationsToJudge,
  prepareSession,
  writeJudged,
  type Judged,
} from "@/lib/insight/verdicts/judge-sql"
import type { RatioTable } from "@/lib/insight/verdicts/likelihoods"
import {
  keptSince,
  noteFailed,
  noteLate,
  noteSeenAgain,
  noteSightings,
  takeBatches,
} from "@/lib/insight/verdicts/note-sql"
import { isOfCard } from "@/lib/insight/verdicts/own-evidence"
import { saysOf } from "@/lib/insight/verdicts/priors"
import { ratiosOf } from "@/lib/insight/verdicts/ratios-of"
import { weigh } from "@/lib/insight/verdicts/weigh"
import { moveLost } from "@/lib/rollups/lost/move-lost"

const mostRowsAtOnce = 100_000
const mostSalesAtOnce = 10_000

type Round = { orgId: string; now: Date }
type Counts = { batches: number; judged: number }
const nothing: Counts = { batches: 0, judged: 0 }

/** Judges the failed sales of all organisations that are new or due. */
export async function judgeAll({ now }: { now: Date }): Promise<Counts> {
  const orgIds = (await asWorker((db) => organisationsToJudge(db, now))).map(({ id }) => id)
  const done = await inTurns({ loop: "verdicts", orgIds, work: (orgId) => inSlices({ orgId, now }) })
  return sumCounts(nothing, done)
}

/**
 * Judges the failed sales of an organisation as of a time: those of batches that were folded since, and those
 * whose evidence may have changed. What it says depends on the records alone, not on the order in which they
 * came.
 */
export async function judgeFailedSales(round: Round): Promise<Counts> {
  const done: Counts[] = []
  for await (const slice of inSlices(round)) done.push(slice)
  return sumCounts(nothing, done)
}

/** Each slice is a transaction of its own. Another worker that is at work does what is left. */
async function* inSlices(round: Round): AsyncGenerator<Counts, void> {
  for (let mayWait = true; mayWait;) {
    const slice = await alone({ round: "verdicts", orgId: round.orgId }, (db) => noteSlice(db, round))
    if (!slice) return
    yield { batches: slice.batches, judged: 0 }
    mayWait = slice.batches > 0
  }
  for (let mayWait = true; mayWait;) {
    const judged = await alone({ round: "verdicts", orgId: round.orgId }, (db) => judgeSlice(db, round))
    if (judged === null) return
    yield { batches: 0, judged }
    mayWait = judged === mostSalesAtOnce
  }
}

/** Notes the failed sales of some batches, and the judged ones of which these say more. */
async function noteSlice(db: Db, { orgId, now }: Round): Promise<{ batches: number }> {
  const [taken] = await takeBatches(db, { orgId, mostRows: mostRowsAtOnce, now })
  if (!taken?.from || !taken.to) return { batches: 0 }
  const claimed = { orgId, ids: taken.ids, from: taken.from, to: taken.to }
  const [kept] = await keptSince(db, { orgId, now })
  await noteFailed(db, { ...claimed, keptFrom: kept?.from ?? now })
  await noteSightings(db, { ...claimed, now })
  await noteSeenAgain(db, claimed)
  await noteLate(db, claimed)
  return { batches: taken.ids.length }
}

async function judgeSlice(db: Db, { orgId, now }: Round): Promise<number> {
  await prepareSession(db)
  const gathered = await gather(db, { orgId, now, limit: mostSalesAtOnce })
  if (gathered.length > 0) {
    const table = await ratiosOf(db, orgId)
    await writeJudged(db, { now, judged: gathered.map((one) => judge(one, { now, table })) })
    await moveLost(
      db,
      gathered.map(({ sale }) => sale),
    )
  }
  if (gathered.length < mostSalesAtOnce) await leaveWithoutRaw(db, { orgId, now })
  return gathered.length
}

/** When more is known of a failed sale: of the next minutes, of the day around, of its card. */
const laterMs = [20 * 60_000, 26 * 3_600_000, 8 * 86_400_000]

const nextLook = (happenedAt: Date, now: Date): Date | null => {
  const next = laterMs.find((ms) => happenedAt.getTime() + ms > now.getTime())
  return next === undefined ? null : new Date(happenedAt.getTime() + next)
}

const madeGoodMs = 10 * 60_000

/** What was lost with a failed sale. A retry is the same sale, and one that was made good lost nothing. */
function lossOf({ sale, isRetry, isMadeGood }: Gathered, now: Date): Pick<Judged, "lostMinor" | "currency"> {
  const { amountMinor, currency, happenedAt } = sale
  const isLost =
    !isRetry &&
    !isMadeGood &&
    amountMinor !== null &&
    amountMinor > 0 &&
    currency !== null &&
    happenedAt.getTime() + madeGoodMs <= now.getTime()
  return isLost ? { lostMinor: amountMinor, currency } : { lostMinor: null, currency: null }
}

function judge(gathered: Gathered, { now, table }: { now: Date; table: RatioTable }): Judged {
  const { sale, around, isRetry } = gathered
  const { terminalId, at, id, kind, entryMode } = sale
  const verdict = weigh({ kind, entryMode, says: saysOf(sale.codeCause, sale) }, around, { table })
  return {
    terminalId,
    at,
    id,
    ...verdict,
    isRetry,
    isOfCard: isOfCard(kind, around),
    ...lossOf(gathered, now),
    dueAt: nextLook(sale.happenedAt, now),
  }
}
