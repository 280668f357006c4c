import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { groupBy } from "@/lib/base/group-by"
import {
  bestOf,
  explainedBy,
  type Counted,
  type Divided,
  type Sums,
} from "@/lib/insight/concentration/explain"
import type { Concentration, ConcentrationQuery } from "@/lib/insight/concentration/schemas"
import {
  countSelected,
  linesOf,
  salesOfCards,
  tallies,
  type LineRow,
  type TallyRow,
} from "@/lib/insight/concentration/sql"
import { followed, type Followed } from "@/lib/insight/concentration/words"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { readingOf } from "@/lib/insight/rates/reading"
import type { FailureRatePage, FailureRateQuery } from "@/lib/insight/rates/schemas"

const mostSales = 20_000
const mostValues = 2_000
const mostShown = 5

/** Dimensions whose sales are those of the failure rates. */
const ofRates = ["terminal", "issuer", "operator", "store", "release", "entryMode"] as const

type Input = { actor: Actor; query: ConcentrationQuery; now?: Date }

/** What the failures of a selection follow, compared with where its sales are. */
export async function findConcentration({ actor, query, now = new Date() }: Input): Promise<Concentration> {
  requirePermission(actor, "fleet:read")
  const { from, to, range, cause, subcause, code, ...places } = query
  const { used, stores } = await inOrganisation(actor, (db) =>
    readingOf(db, { actor, wanted: { from, to, range }, filters: places, daysOnly: true, now }),
  )
  const span = { from: used.from, to: used.to }
  const selection = { ...places, cause, subcause, code, ...span }
  const [rows, count] = await inOrganisation(actor, async (db) => [
    await tallies(db, selection, { mostSales, mostValues }),
    await countSelected(db, selection, mostSales + 1),
  ])
  const days = used.days
  if (days === null) throw new Error("read by day")
  const rates = await ratesOf(actor, { ...places, from: days.first, to: days.last }, now)
  const cards = rows.filter(({ dimension }) => dimension === "card").map(({ value }) => value)
  const ofCards = await asWorker((db) =>
    salesOfCards(db, { orgId: actor.orgId, cards, ...span, stores: stores ?? actor.stores }),
  )
  const terminals = rates.terminal?.leftOut === 0 ? rates.terminal.data : []
  const lines = await inOrganisation(actor, (db) =>
    linesOf(
      db,
      terminals.map(({ value }) => Number(value)),
    ),
  )
  const sales = rates.store?.total.attempts ?? 0
  const explained = explainedBy(sumsOf({ sales, rows, rates, ofCards, lines }))
  const labels = labelsOf(rates, lines)
  const named = <Of extends Counted>(dimension: Followed, one: Of) => ({
    ...one,
    value: dimension === "card" ? null : one.value,
    label: labels.get(`${dimension} ${one.value}`) ?? null,
  })
  const [best, runnerUp] = bestOf(explained).map((one) => named(one.dimension, one))
  const counted = count[0]?.count ?? 0
  return {
    failures: Math.min(counted, mostSales),
    sales,
    isWhole: counted <= mostSales,
    best: best ?? null,
    runnerUp: runnerUp ?? null,
    dimensions: followed.map((dimension) => ({
      dimension,
      values: explained[dimension]?.slice(0, mostShown).map((one) => named(dimension, one)) ?? null,
    })),
    ...span,
    days,
    asOf: rates.store?.asOf ?? now.toISOString(),
  }
}

type Rates = Partial<Record<(typeof ofRates)[number], FailureRatePage>>

/** Rates by terminal and by operator are not answered for very many of them. */
async function ratesOf(actor: Actor, query: Omit<FailureRateQuery, "groupBy">, now: Date): Promise<Rates> {
  const rates: Rates = {}
  for (const dimension of ofRates) {
    const page = await failureRates({ actor, query: { ...query, groupBy: dimension }, now }).catch(
      (error: unknown) => {
        if (error instanceof AppError && error.code === "invalid") return null
        throw error
      },
    )
    if (page) rates[dimension] = page
  }
  return rates
}

type Found = {
  sales: number
  rows: readonly TallyRow[]
  rates: Rates
  ofCards: readonly { value: string; sales: number }[]
  lines: readonly LineRow[]
}

function sumsOf({ sales, rows, rates, ofCards, lines }: Found): Sums {
  const byDimension = groupBy(rows, ({ dimension }) => dimension)
  const divided = (dimension: TallyRow["dimension"], salesOf: Map<string, number>) => {
    const found = byDimension.get(dimension) ?? []
    const values = found.map(({ value, failures }) => ({
      value,
      failures,
      sales: Math.max(salesOf.get(value) ?? 0, dimension === "card" ? failures : 0),
    }))
    return { failures: found[0]?.all ?? 0, values }
  }
  const attempts = (page: FailureRatePage) =>
    new Map(page.data.map(({ value, attempts: count }) => [value ?? "", count]))
  const by: Sums["by"] = {
    card: divided("card", new Map(ofCards.map((card) => [card.value, card.sales]))),
  }
  for (const dimension of ofRates) {
    const page = rates[dimension]
    if (page) by[dimension] = divided(dimension, attempts(page))
  }
  if (by.terminal && rates.terminal?.leftOut === 0)
    by.line = ofLines(by.terminal, attempts(rates.terminal), lines)
  return { sales, by }
}

/** The terminals of each line together, with and without failures. */
function ofLines(
  { failures, values }: Divided,
  salesOf: ReadonlyMap<string, number>,
  lines: readonly LineRow[],
): Divided {
  const failed = new Map(values.map((one) => [one.value, one.failures]))
  const sum = (ofLine: LineRow[], counts: ReadonlyMap<string, number>) =>
    ofLine.reduce((all, { terminalId }) => all + (counts.get(String(terminalId)) ?? 0), 0)
  const sums = [...groupBy(lines, ({ line }) => line)].map(([value, ofLine]) => ({
    value,
    failures: sum(ofLine, failed),
    sales: sum(ofLine, salesOf),
  }))
  return { failures, values: sums }
}

const labelsOf = (rates: Rates, lines: readonly LineRow[]): Map<string, string | null> =>
  new Map([
    ...ofRates.flatMap((dimension) =>
      (rates[dimension]?.data ?? []).map(({ value, label }): [string, string | null] => [
        `${dimension} ${value}`,
        label,
      ]),
    ),
    ...lines.map(({ line, label }): [string, string] => [`line ${line}`, label]),
  ])
