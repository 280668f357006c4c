import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { addDays } from "@/lib/base/time/zone"
import { Compared, hourMs, hoursAround } from "@/lib/insight/verdicts/compared"
import {
  beatsBefore,
  cardsElsewhere,
  eventsNear,
  judgedSales,
  madeGoodBeside,
  makeAsked,
  makeJudging,
  nearSales,
  type AskedSale,
  type JudgedSale,
  type Judging,
} from "@/lib/insight/verdicts/context-sql"
import {
  badReleases,
  failuresByQuarter,
  failuresOfStores,
  releasesOf,
  salesByHour,
  segmentsAround,
  volumesOfPlaces,
  volumesOfStores,
  type Windows,
} from "@/lib/insight/verdicts/counts-sql"
import { wideDays } from "@/lib/insight/verdicts/day-sums"
import { prepareSession } from "@/lib/insight/verdicts/judge-sql"
import type { Surroundings } from "@/lib/insight/verdicts/surroundings"
import { Tallies } from "@/lib/insight/verdicts/tallies"

type Around = { orgId: string; now: Date; limit: number }
export type Gathered = { sale: JudgedSale; around: Surroundings; isRetry: boolean; isMadeGood: boolean }

/** Due failed sales with what happened around each. */
export async function gather(db: Db, { orgId, now, limit }: Around): Promise<Gathered[]> {
  return gatherOf(db, orgId, await makeJudging(db, { orgId, now, limit }))
}

/** What happened around a failed sale that somebody asks about. */
export async function gatherAsked(db: Db, asked: AskedSale): Promise<Surroundings> {
  await prepareSession(db)
  const [found] = await gatherOf(db, asked.orgId, await makeAsked(db, asked))
  if (!found) throw new Error("a sale that is asked about has a store")
  return found.around
}

async function gatherOf(db: Db, orgId: string, judging: Judging): Promise<Gathered[]> {
  const sales = await judgedSales(db, judging)
  const [oldest, newest] = [sales[0], sales.at(-1)]
  if (!oldest || !newest) return []
  const days = {
    orgId,
    first: addDays(oldest.day, -wideDays - 1),
    last: addDays(newest.day, wideDays + 1),
  }
  const windows = windowsOf(sales)
  const near = byNumber(await nearSales(db, judging))
  const beside = { from: oldest.happenedAt, to: newest.happenedAt }
  const good = new Set((await madeGoodBeside(db, judging, beside)).map(({ n }) => n))
  const cards = byNumber(await cardsElsewhere(db, judging))
  const beats = byNumber(await beatsBefore(db, judging))
  const events = groupBy(await eventsNear(db, judging), ({ terminalId }) => terminalId)
  const tallies = new Tallies()
  for (const one of await failuresOfStores(db, judging)) tallies.addOfStore(one)
  for (const one of await volumesOfStores(db, judging)) tallies.addVolume(one)
  for (const one of await volumesOfPlaces(db, judging, days)) tallies.addPlace(one)
  for (const one of await segmentsAround(db, judging, days)) tallies.addSegment(one)
  for (const one of await failuresByQuarter(db, orgId, windows)) tallies.addMinutes(one)
  for (const one of await salesByHour(db, judging, { orgId, ...windows })) tallies.addHour(one)
  for (const one of await releasesOf(db, judging)) tallies.addTerminal(one)
  tallies.badReleases.push(...(await badReleases(db, days)))
  const compared = new Compared(tallies)
  return sales.map((sale) => {
    const here = near.get(sale.n)
    const around: Surroundings = {
      ...compared.of(sale),
      card: sale.hasCard ? (cards.get(sale.n) ?? noCard) : null,
      retry: {
        failed: (here?.failedBefore ?? 0) + (here?.failedAfter ?? 0),
        worked: here?.workedSameMode ?? false,
      },
      othersWorked: here?.othersWorked ?? 0,
      hostReached: sale.hostReached,
      secondsSinceSignIn: sale.secondsSinceSignIn,
      clockOffsetMs: sale.clockOffsetMs,
      tvr: sale.tvr,
      reversalReason: sale.reversalReason ?? here?.reversalReason ?? null,
      said: beats.get(sale.n) ?? null,
      events: hoursSince(events.get(sale.terminalId) ?? [], sale.happenedAt),
    }
    return {
      sale,
      around,
      isRetry: here?.isRetry ?? false,
      isMadeGood: good.has(sale.n) || (here?.isMadeGood ?? false),
    }
  })
}

/** Sales that are judged at one time are of a few days apart: what lies between is not read. */
function windowsOf(sales: readonly JudgedSale[]): Windows {
  const windows: Windows = { from: [], to: [] }
  let end = Number.NEGATIVE_INFINITY
  for (const { happenedAt } of sales) {
    const hour = Math.floor(happenedAt.getTime() / hourMs)
    const from = (hour - hoursAround - 1) * hourMs
    if (from > end) windows.from.push(new Date(from))
    else windows.to.pop()
    end = (hour + hoursAround + 2) * hourMs
    windows.to.push(new Date(end))
  }
  return windows
}

const noCard = { failedSame: 0, workedBefore: 0, workedAfter: 0, workedHere: 0 }

const byNumber = <Row extends { n: number }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.n, row]))

function hoursSince(events: readonly { kind: string; at: Date }[], at: Date): Record<string, number> {
  const hours: Record<string, number> = {}
  for (const event of events) {
    const since = (at.getTime() - event.at.getTime()) / hourMs
    if (since >= 0 && since < (hours[event.kind] ?? Number.POSITIVE_INFINITY)) hours[event.kind] = since
  }
  return hours
}
