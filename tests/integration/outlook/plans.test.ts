import { beforeAll, describe, expect, test } from "vitest"
import { systemActor, type Actor } from "@/lib/access/actor/actor"
import { asOwner } from "@/lib/base/db/client"
import { rangeNames } from "@/lib/base/time/range-names"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { terminalSorts } from "@/lib/fleet/terminals/words"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { failureSeries } from "@/lib/insight/rates/failure-series"
import { groupings } from "@/lib/insight/rates/words"
import { leagueTable } from "@/lib/outlook/league/league-table"
import { leagueGroupings } from "@/lib/outlook/league/words"
import { overview } from "@/lib/outlook/overview/overview"
import { weekOf } from "@/lib/outlook/reports/week"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { fillEveryTable } from "@/tests/support/every-table"
import { isRollup, scansOf, statementsOf } from "@/tests/support/plans"
import { idOf } from "@/tests/support/tables/place"
import { a, other, own } from "@/tests/support/two-organisations"

useDatabase()

beforeAll(async () => {
  await fillEveryTable(a, [own, other])
  await asOwner((client) => client.query("analyze"))
})

const whole = systemActor(a.orgId)
const readers: [string, Actor][] = [
  ["the whole organisation", whole],
  ["some stores", { ...whole, stores: [idOf(own, "store")] }],
]

const filters = {
  nothing: {},
  store: { store: idOf(own, "store") },
  merchant: { merchant: idOf(own, "merchant") },
  region: { region: idOf(own, "region") },
  model: { model: idOf(a, "model") },
}
const bySegment = new Set(["subcause", "code", "release", "acquirer", "issuer", "entryMode", "operator"])

/** What a screen of an organisation shows, by name. */
function screens(actor: Actor): [string, () => Promise<unknown>][] {
  const rates = Object.entries(filters).flatMap(([name, filter]) =>
    groupings
      .filter((groupBy) => name !== "model" || !bySegment.has(groupBy))
      .flatMap((groupBy) =>
        rangeNames.map((range): [string, () => Promise<unknown>] => [
          `rates by ${groupBy} of ${name}, ${range}`,
          () => failureRates({ actor, query: { groupBy, range, ...filter } }),
        ]),
      ),
  )
  const series = Object.entries(filters).flatMap(([name, filter]) =>
    (["hour", "day"] as const).map((bucket): [string, () => Promise<unknown>] => [
      `series of ${name} by ${bucket}`,
      () => failureSeries({ actor, query: { bucket, range: bucket === "hour" ? "24h" : "7d", ...filter } }),
    ]),
  )
  const overviews = rangeNames.map((range): [string, () => Promise<unknown>] => [
    `overview, ${range}`,
    () => overview({ actor, query: { range } }),
  ])
  const week = weekOf(new Date(), "Asia/Shanghai").name
  const leagues = leagueGroupings.map((by): [string, () => Promise<unknown>] => [
    `league by ${by}`,
    () => leagueTable({ actor, query: { by } }),
  ])
  const lists = terminalSorts.flatMap((sort) =>
    (["asc", "desc"] as const).map((order): [string, () => Promise<unknown>] => [
      `terminals by ${sort} ${order}`,
      () => listTerminals({ actor, query: TerminalQuery.parse({ sort, order }) }),
    ]),
  )
  return [
    ...lists,
    ...rates,
    ...series,
    ...overviews,
    ...leagues,
    ["weekly report", () => weeklyReport({ actor, week })],
  ]
}

describe.each(readers)("screens for a reader of %s", (_who, actor) => {
  test("read rollups by an index and within a time, and no hours of terminals", async (context) => {
    notOnCluster(context, "its plans are those of many tasks, which cluster-plans.test.ts reads")
    const faults: string[] = []
    const read = new Set<string>()
    const seen = new Set<string>()
    for (const [name, show] of screens(actor)) {
      const statements = (await statementsOf(show)).filter(({ text }) => !seen.has(text))
      for (const statement of statements) {
        seen.add(statement.text)
        for (const scan of (await scansOf(actor, statement)).filter(isRollup)) {
          read.add(scan.table.replace(/_\d+_\d+$/, ""))
          const isBounded = /\b(day|hour) (=|[<>]=?) /.test(scan.condition)
          const isAllowed = !scan.table.startsWith("terminal_hour") || name.startsWith("rates by terminal")
          if (!isBounded || !isAllowed)
            faults.push(`${name}: ${scan.scan} of ${scan.table}, ${scan.condition}`)
        }
      }
    }
    expect([...new Set(faults)]).toEqual([])
    expect([...read].toSorted()).toEqual([
      "place_day",
      "place_hour",
      "segment_day",
      "terminal_day",
      "terminal_hour",
    ])
  })
})
