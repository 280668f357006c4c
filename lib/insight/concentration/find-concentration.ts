import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { asWorker, inOrganisation, type Db } from "@/lib/base/db/transaction"
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
import { dividedSales, type SalesGroup } from "@/lib/insight/rates/failure-rates"
import { readingOf } from "@/lib/insight/rates/reading"
import { toldApart } from "@/lib/insight/rates/told-apart"

const mostSales = 20_000
const mostValues = 2_000
const mostShown = 5

/** Dimensions of which the rollups hold the sales. */
const ofRollups = ["terminal", "issuer", "operator", "store", "release", "entryMode"] as const

type Input = { actor: Actor; query: ConcentrationQuery; now?: Date }

/** What the failures of a selection follow, compared with where its sales are. */
export async function findConcentration({ actor, query, now = new Date() }: Input): Promise<Concentration> {
  requirePermission(actor, "fleet:read")
  const { stores, span, days, count, asOf, ...read } = await inOrganisation(actor, (db) =>
    readSums(db, { actor, query, now }),
  )
  const cards = read.rows.filter(({ dimension }) => dimension === "card").map(({ value }) => value)
  const ofCards = await asWorker((db) =>
    salesOfCards(db, { orgId: actor.orgId, cards, ...span, stores: stores ?? actor.stores }),
  )
  const explained = explainedBy(sumsOf({ ...read, ofCards }))
  const labels = labelsOf(read)
  const named = <Of extends Counted>(dimension: Followed, one: Of) => ({
    ...one,
    value: dimension === "card" ? null : one.value,
    label: labels.get(`${dimension} ${one.value}`) ?? null,
  })
  const [best, runnerUp] = bestOf(explained).map((one) => named(one.dimension, one))
  return {
    failures: Math.min(count, mostSales),
    sales: read.sales,
    isWhole: count <= mostSales,
    best: best ?? null,
    runnerUp: runnerUp ?? null,
    dimensions: followed.map((dimension) => ({
      dimension,
      values: explained[dimension]?.slice(0, mostShown).map((one) => named(dimension, one)) ?? null,
    })),
    ...span,
    days,
    asOf: asOf.toISOString(),
  }
}

/** The failures of the selection, and all sales of its places. */
async function readSums(db: Db, { actor, query, now }: Required<Input>) {
  const { from, to, range, cause, subcause, code, ...places } = query
  const wanted = { from, to, range }
  const { used, ...reading } = await readingOf(db, { actor, wanted, filters: places, daysOnly: true, now })
  const span = { from: used.from, to: used.to }
  const selection = { ...places, cause, subcause, code, ...span }
  const rows = await tallies(db, selection, { mostSales, mostValues })
  const [selected] = await countSelected(db, selection, mostSales + 1)
  const { total, groups, asOf } = await dividedSales(db, { actor, by: ofRollups, reading })
  const terminals = groups.terminal && isWhole(groups.terminal) ? groups.terminal : []
  const lines = await linesOf(
    db,
    terminals.map(({ value }) => Number(value)),
  )
  return {
    rows,
    groups,
    lines: await toldApart(db, "line", lines),
    sales: total.presentments,
    count: selected?.count ?? 0,
    stores: reading.stores,
    span,
    days: used.days,
    asOf,
  }
}

type Groups = Partial<Record<(typeof ofRollups)[number], readonly SalesGroup[]>>

const isWhole = (rows: readonly SalesGroup[]): boolean => (rows[0]?.groups ?? 0) === rows.length

type Found = {
  sales: number
  rows: readonly TallyRow[]
  groups: Groups
  ofCards: readonly { value: string; sales: number }[]
  lines: readonly LineRow[]
}

function sumsOf({ sales, rows, groups, ofCards, lines }: Found): Sums {
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
  const salesIn = (group: readonly SalesGroup[]) =>
    new Map(group.map(({ value, presentments }) => [value ?? "", presentments]))
  const by: Sums["by"] = {
    card: divided("card", new Map(ofCards.map((card) => [card.value, card.sales]))),
  }
  for (const dimension of ofRollups) {
    const group = groups[dimension]
    if (group) by[dimension] = divided(dimension, salesIn(group))
  }
  if (by.terminal && groups.terminal && isWhole(groups.terminal))
    by.line = ofLines(by.terminal, salesIn(groups.terminal), lines)
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
  const sums = [...groupBy(lines, ({ value }) => value)].map(([value, ofLine]) => ({
    value,
    failures: sum(ofLine, failed),
    sales: sum(ofLine, salesOf),
  }))
  return { failures, values: sums }
}

const labelsOf = ({ groups, lines }: Pick<Found, "groups" | "lines">): Map<string, string | null> =>
  new Map([
    ...ofRollups.flatMap((dimension) =>
      (groups[dimension] ?? []).map(({ value, label }): [string, string | null] => [
        `${dimension} ${value}`,
        label,
      ]),
    ),
    ...lines.map(({ value, label }): [string, string] => [`line ${value}`, label]),
  ])
