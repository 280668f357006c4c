import type { Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { addDays } from "@/lib/base/time/zone"
import { Compared, hourMs, hoursAround, wideDays } from "@/lib/insight/verdicts/compared"
import {
  beatsBefore,
  cardsElsewhere,
  eventsNear,
  judgedSales,
  makeAsked,
  makeJudging,
  nearSales,
  type AskedSale,
  type JudgedSale,
  type Judging,
} from "@/lib/insight/verdicts/context-sql"
import {
  countsOfReleases,
  failuresByQuarter,
  failuresOfAll,
  failuresOfStores,
  releasesOf,
  salesByHour,
  volumesOfPlaces,
  volumesOfSegments,
  volumesOfStores,
} from "@/lib/insight/verdicts/counts-sql"
import { prepareSession } from "@/lib/insight/verdicts/judge-sql"
import type { Surroundings } from "@/lib/insight/verdicts/surroundings"
import { Tallies } from "@/lib/insight/verdicts/tallies"

type Around = { orgId: string; now: Date; limit: number }
export type Gathered = { sale: JudgedSale; around: Surroundings; isRetry: boolean }

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
  const span = {
    orgId,
    from: new Date(oldest.happenedAt.getTime() - (hoursAround + 1) * hourMs),
    to: new Date(newest.happenedAt.getTime() + (hoursAround + 1) * hourMs),
  }
  const near = byNumber(await nearSales(db, judging))
  const cards = byNumber(await cardsElsewhere(db, judging))
  const beats = byNumber(await beatsBefore(db, judging))
  const events = groupBy(await eventsNear(db, judging, span), ({ terminalId }) => terminalId)
  const tallies = new Tallies()
  for (const one of await failuresOfStores(db, judging, days)) tallies.addOfStore(one)
  for (const one of await failuresOfAll(db, { days })) tallies.addOfAll(one)
  for (const one of await volumesOfStores(db, judging, days)) tallies.addVolume(one)
  for (const one of await volumesOfPlaces(db, judging, days)) tallies.addPlace(one)
  for (const one of await volumesOfSegments(db, judging, days)) tallies.addSegment(one)
  for (const one of await countsOfReleases(db, { days })) tallies.addRelease(one)
  for (const one of await failuresByQuarter(db, span)) tallies.addMinutes(one)
  for (const one of await salesByHour(db, judging, span)) tallies.addHour(one)
  for (const one of await releasesOf(db, judging)) tallies.addTerminal(one)
  const compared = new Compared(tallies)
  return sales.map((sale) => {
    const beside = near.get(sale.n)
    const around: Surroundings = {
      ...compared.of(sale),
      card: sale.hasCard ? (cards.get(sale.n) ?? noCard) : null,
      retry: {
        failed: (beside?.failedBefore ?? 0) + (beside?.failedAfter ?? 0),
        worked: beside?.workedSameMode ?? false,
      },
      othersWorked: beside?.othersWorked ?? 0,
      hostReached: sale.hostReached,
      secondsSinceSignIn: sale.secondsSinceSignIn,
      clockOffsetMs: sale.clockOffsetMs,
      tvr: sale.tvr,
      reversalReason: sale.reversalReason,
      said: beats.get(sale.n) ?? null,
      events: hoursSince(events.get(sale.terminalId) ?? [], sale.happenedAt),
    }
    return { sale, around, isRetry: beside?.isRetry ?? false }
  })
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
