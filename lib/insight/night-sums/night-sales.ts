import { inEveryGroup } from "@/lib/base/db/groups"
import { asWorker, asWorkerInGroup, type Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { kinds, type Kind } from "@/lib/fleet/code-packs/kind"
import type { ReferenceCell } from "@/lib/insight/engine/reference"
import {
  sumOfStores,
  type IssuerShare,
  type IssuerSums,
  type TerminalSums,
} from "@/lib/insight/engine/terms/input"
import { dayNumber } from "@/lib/insight/night-sums/night-sums"
import {
  makeDaySales,
  salesCells,
  sellersOn,
  type SalesCell,
  type Sample,
} from "@/lib/insight/night-sums/sales-sql"
import { waitingIds } from "@/lib/rollups/fold/recount-day"
import { prepareSession } from "@/lib/rollups/fold/sql/claim"
import type { Sales } from "@/lib/rollups/fold/sql/tables"
import { millionths } from "@/lib/rollups/reference/rate-names"
import { countSpeeds, durationsOf, type Speeds } from "@/lib/rollups/speeds/count-speeds"
import { slowSalesOf, type SlowSales } from "@/lib/rollups/speeds/slow-sales"

/** A day's presentments by terminal, issuer and entry mode, for what the engine asks of issuers. */
export type NightSales = {
  day: string
  cells: readonly SalesCell[]
  /** Whether they are those of a part of the terminals. */
  isPart: boolean
}

type Troubled = readonly { issuer: string; day: number }[]

/** Issuers and rates are learnt from about so many terminals; of a larger fleet another part each day. */
const mostTerminals = 10_000

type OneDay = { orgId: string; day: string }

/** Into how many parts the sellers of a day are divided. */
async function partsOn(one: OneDay): Promise<number> {
  const [sellers] = await asWorker((db) => sellersOn(db, one))
  return Math.max(1, Math.ceil((sellers?.count ?? 0) / mostTerminals))
}

async function sampleOn(one: OneDay): Promise<Sample> {
  const oneOf = await partsOn(one)
  return { oneOf, which: dayNumber(one.day) % oneOf }
}

/** Reads the sales of a sample of the terminals, in every group. */
const inSample = <T>(one: OneDay, sample: Sample, read: (db: Db, sales: Sales) => Promise<T>): Promise<T[]> =>
  inEveryGroup((group) =>
    asWorkerInGroup(group, async (db) => {
      await prepareSession(db)
      return read(db, await makeDaySales(db, { ...one, ...sample, waiting: await waitingIds(db, one.orgId) }))
    }),
  )

async function salesOf(one: OneDay, sample: Sample): Promise<NightSales> {
  const groups = await inSample(one, sample, salesCells)
  return { day: one.day, cells: groups.flat(), isPart: sample.oneOf > 1 }
}

export const nightSales = async (one: OneDay): Promise<NightSales> => salesOf(one, await sampleOn(one))

export type TimedSales = NightSales & { speeds: readonly Speeds[]; slow: readonly SlowSales[] }

/** The same, and how long sales took. */
export async function timedSales(one: OneDay): Promise<TimedSales> {
  const sample = await sampleOn(one)
  const groups = await inSample(one, sample, async (db, sales) => ({
    cells: await salesCells(db, sales),
    speeds: await countSpeeds(db, sales),
    durations: await durationsOf(db, sales),
  }))
  return {
    day: one.day,
    cells: groups.flatMap(({ cells }) => cells),
    speeds: groups.flatMap(({ speeds }) => speeds),
    slow: slowSalesOf(groups.flatMap(({ durations }) => durations)),
    isPart: sample.oneOf > 1,
  }
}

/** Adds to a day's sums how many of the sales that were timed were slow. */
export function withSlow(
  sums: Iterable<TerminalSums>,
  { day, slow }: { day: string; slow: readonly SlowSales[] },
): Iterable<TerminalSums> {
  const number = dayNumber(day)
  const byTerminal = new Map(slow.map((one) => [String(one.terminal_id), one]))
  const added = (one: TerminalSums): TerminalSums => {
    const counted = one.day === number ? byTerminal.get(one.terminal) : undefined
    if (!counted) return one
    const slowSales = { observed: counted.slow, exposure: counted.timed }
    return { ...one, counters: { ...one.counters, slowSales } }
  }
  return {
    *[Symbol.iterator]() {
      for (const one of sums) yield added(one)
    },
  }
}

/**
 * What terminals failed with for the cards of issuers that have trouble. During an outage all terminals are
 * read, part by part, so that none is blamed for it.
 */
export async function sharesIn(
  sales: NightSales,
  { orgId, troubled, isOutage }: { orgId: string; troubled: Troubled; isOutage: boolean },
): Promise<IssuerShare[]> {
  if (!sales.isPart || !isOutage) return sharesOf(sales, troubled)
  const one = { orgId, day: sales.day }
  const oneOf = await partsOn(one)
  const shares: IssuerShare[][] = []
  for (let which = 0; which < oneOf; which += 1)
    shares.push(sharesOf(await salesOf(one, { oneOf, which }), troubled))
  return shares.flat()
}

const sum = (cells: readonly SalesCell[], of: (cell: SalesCell) => number) =>
  cells.reduce((total, cell) => total + of(cell), 0)

const countsOf = (cells: readonly SalesCell[]) => ({
  issuerKind: {
    observed: sum(cells, ({ failures }) => failures.issuer ?? 0),
    expected: sum(cells, ({ e_issuer: expected }) => expected) / millionths,
  },
  tech: {
    observed: sum(cells, ({ failures }) => failures.tech ?? 0),
    expected: sum(cells, ({ e_tech: expected }) => expected) / millionths,
  },
})

/** The day's failures by issuer and acquirer. */
export function issuersOf({ day, cells }: NightSales): IssuerSums[] {
  const groups = groupBy(cells, ({ issuer, acquirer }) => `${issuer}\n${acquirer}`)
  return [...groups].map(([key, group]) => {
    const [issuer = "", acquirer = ""] = key.split("\n")
    const stores = [...groupBy(group, ({ store_id: store }) => store).values()].map((ofStore) =>
      [...groupBy(ofStore, ({ terminal_id: id }) => id).values()].map(countsOf),
    )
    const total = (name: "issuerKind" | "tech") =>
      sumOfStores(stores.map((terminals) => terminals.map((counts) => counts[name])))
    const failing = group.filter(({ failures }) => (failures.issuer ?? 0) + (failures.tech ?? 0) > 0)
    return {
      issuer,
      acquirer,
      day: dayNumber(day),
      issuerKind: total("issuerKind"),
      tech: total("tech"),
      stores: new Set(failing.map(({ store_id: store }) => store)).size,
    }
  })
}

/** What each terminal was expected to fail with for the cards of issuers that have trouble. */
export function sharesOf(
  { day, cells }: NightSales,
  troubled: readonly { issuer: string; day: number }[],
): IssuerShare[] {
  const number = dayNumber(day)
  const isTroubled = new Set(troubled.filter((one) => one.day === number).map(({ issuer }) => issuer))
  const groups = groupBy(
    cells.filter(({ issuer }) => isTroubled.has(issuer)),
    ({ terminal_id: id, issuer }) => `${id}\n${issuer}`,
  )
  return [...groups].map(([key, group]) => {
    const [terminal = "", issuer = ""] = key.split("\n")
    const { issuerKind, tech } = countsOf(group)
    return { terminal, issuer, day: number, issuerKind, tech }
  })
}

/** What the day teaches the reference: all but terminals that have a flag, or where cards are tested. */
export function cellsOf({ cells }: NightSales, isLeftOut: (terminal: string) => boolean): ReferenceCell[] {
  const groups = groupBy(
    cells.filter(({ terminal_id: id }) => !isLeftOut(String(id))),
    ({ issuer, scheme, entry_mode: mode }) => `${issuer}\n${scheme}\n${mode}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const failures: Partial<Record<Kind, number>> = {}
    for (const kind of kinds) failures[kind] = sum(group, (cell) => cell.failures[kind] ?? 0)
    return {
      issuer: first.issuer,
      scheme: first.scheme,
      entryMode: first.entry_mode,
      presentments: sum(group, ({ presentments }) => presentments),
      failures,
    }
  })
}
