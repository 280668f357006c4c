import { parse } from "csv-parse/sync"
import sql from "sql-template-tag"
import { beforeAll, describe, expect, test } from "vitest"
import { failureBars } from "@/components/charts/prepare/failure-bars"
import { asWorker } from "@/lib/base/db/transaction"
import { datesOfRange } from "@/lib/base/time/range"
import { exportTerminals } from "@/lib/fleet/terminals/read/export-terminals"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalExportQuery, TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { onlineStates } from "@/lib/fleet/terminals/words"
import { listFlags } from "@/lib/insight/flags/list-flags"
import { FlagQuery } from "@/lib/insight/flags/schemas"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { failureSeries } from "@/lib/insight/rates/failure-series"
import { FailureRateQuery } from "@/lib/insight/rates/schemas"
import { leagueTable } from "@/lib/outlook/league/league-table"
import { overview } from "@/lib/outlook/overview/overview"
import { weekOf } from "@/lib/outlook/reports/week"
import { weeklyCsv } from "@/lib/outlook/reports/weekly-csv"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"
import { reportWords } from "@/lib/outlook/reports/words"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { demoOrganisation, type Demo } from "@/lib/run/demo/organisation"
import { sendWindow } from "@/lib/run/demo/send"
import { openWhenBegun } from "@/lib/run/demo/sql"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { detect } from "@/tests/support/flags"
import { rawSales } from "@/tests/support/raw-sales"

useDatabase()

// The screens of the demo's fleet: what each shows, from the verb that it reads, against the other screens
// and raw rows. Two days of records are enough, because every number is of all of them.
const sentMs = 44 * 3_600_000
const now = new Date()
const zone = "Asia/Shanghai"
const days = datesOfRange("7d", zone, now)
let demo: Demo
let raw: Awaited<ReturnType<typeof rawSales>>

beforeAll(async () => {
  demo = await demoOrganisation({ password: "a sentence that nobody guesses" })
  await sendWindow(demo, now.getTime() - sentMs, now.getTime(), { isLive: false })
  await foldAll()
  await detect(demo.actor.orgId, 3)
  raw = await rawSales(demo.actor.orgId, days.first)
}, 120_000)

const ofPage = ({
  attempts,
  failures,
  raw: every,
}: {
  attempts: number
  failures: number
  raw: { attempts: number; failures: number }
}) => ({ attempts, failures, rawAttempts: every.attempts, rawFailures: every.failures })

describe("failed sales of seven days", () => {
  const groupings = ["cause", "code", "store", "merchant", "region", "model", "acquirer", "terminal"] as const

  test.each(groupings)("by %s have the total of raw rows, and add up to it", async (groupBy) => {
    const page = await failureRates({ actor: demo.actor, query: { range: "7d", groupBy }, now })
    expect(page.days).toEqual(days)
    expect(ofPage(page.total)).toEqual(raw.total)
    expect(page.total.failures).toBeGreaterThan(0)
    const sum = (of: (row: (typeof page.data)[number]) => number) =>
      page.data.reduce((total, row) => total + of(row), 0)
    expect(sum(({ failures }) => failures)).toBe(page.total.failures)
    // Causes and codes share the total's denominator.
    const share = groupBy === "cause" || groupBy === "code" ? page.data.length : 1
    expect(sum(({ attempts }) => attempts)).toBe(share * page.total.attempts)
  })

  test.each(["store", "terminal"] as const)("of each %s are those of raw rows", async (groupBy) => {
    const page = await failureRates({ actor: demo.actor, query: { range: "7d", groupBy }, now })
    const expected = groupBy === "store" ? raw.byStore : raw.byTerminal
    expect(new Map(page.data.map((row) => [row.value, ofPage(row)]))).toEqual(expected)
  })

  test("of a cause are the same by code, by store and in the list of causes", async () => {
    const causes = await failureRates({ actor: demo.actor, query: { range: "7d", groupBy: "cause" }, now })
    for (const { value, failures, attempts } of causes.data) {
      const cause = FailureRateQuery.parse({ cause: value }).cause
      for (const groupBy of ["code", "store", "model"] as const) {
        const page = await failureRates({ actor: demo.actor, query: { range: "7d", groupBy, cause }, now })
        expect([cause, groupBy, page.total.failures]).toEqual([cause, groupBy, failures])
        expect(page.total.attempts).toBe(attempts)
        expect(page.data.reduce((total, row) => total + row.failures, 0)).toBe(failures)
      }
    }
  })

  test("are the bars of the chart and the rows of its table", async () => {
    const series = await failureSeries({ actor: demo.actor, query: { range: "7d", bucket: "day" }, now })
    expect(series.data.reduce((sum, { failures }) => sum + failures, 0)).toBe(raw.total?.failures)
    expect(failureBars(series).reduce((sum, { attempts }) => sum + attempts, 0)).toBe(raw.total?.attempts)
  })

  test("are those of the league and of the stores on the overview", async () => {
    const query = { by: "model", from: days.first, to: days.last } as const
    const league = await leagueTable({ actor: demo.actor, query, now })
    const models = await failureRates({
      actor: demo.actor,
      query: { range: "7d", groupBy: "model", cause: "device" },
      now,
    })
    expect(
      league.data
        .map(({ id, attempts, deviceFailures }) => [String(id), attempts, deviceFailures])
        .toSorted(),
    ).toEqual(models.data.map(({ value, attempts, failures }) => [value, attempts, failures]).toSorted())
    const { worstStores } = await overview({ actor: demo.actor, query: { range: "7d" }, now })
    expect(worstStores).toHaveLength(5)
    for (const { id, attempts, failures } of worstStores)
      expect(raw.byStore.get(String(id))).toMatchObject({ attempts, failures })
  })
})

test("the weekly report, its CSV and failure rates of the same dates agree", async () => {
  const week = weekOf(new Date(now.getTime() - sentMs), zone)
  const report = await weeklyReport({ actor: demo.actor, week: week.name, now })
  const rates = await failureRates({
    actor: demo.actor,
    query: { from: report.from, to: report.to, groupBy: "cause" },
    now,
  })
  expect(ofPage(report.total)).toEqual(ofPage(rates.total))
  expect(new Map(report.byCause.map(({ cause, failures }) => [cause, failures]))).toEqual(
    new Map(rates.data.map(({ value, failures }) => [value, failures])),
  )
  const rows = parse(weeklyCsv(report, reportWords("en")), {
    bom: true,
    relax_column_count: true,
  }) as string[][]
  const total = rows.find(([name]) => name === "Total")
  expect(total?.slice(1, 3)).toEqual([String(report.total.failures), String(report.total.attempts)])
})

test("terminals by state are those of the lists, the file and the table of states", async () => {
  const { actor } = demo
  const seen = await overview({ actor, query: { range: "7d" }, now })
  const counted = await asWorker((db) =>
    db.query<{ state: string; count: number }>(sql`
      select st.online_state as state, count(*)::int as count
        from terminal_state st
        join terminal_status u on u.terminal_id = st.terminal_id and u.to_at is null and u.status = 'active'
       where st.org_id = ${actor.orgId}::uuid
       group by 1`),
  )
  for (const state of onlineStates) {
    const filter = { status: "active", state }
    const { total } = await listTerminals({ actor, query: TerminalQuery.parse(filter) })
    expect([state, seen.states[state]]).toEqual([state, total])
    expect(total).toBe(counted.find((row) => row.state === state)?.count ?? 0)
  }
  expect(seen.states.offline).toBeGreaterThan(0)
  expect(seen.terminals).toBe(60)
  const query = TerminalExportQuery.parse({ status: "active", format: "csv" })
  let file = ""
  for await (const part of exportTerminals({ actor, query })) file += String(part)
  expect(parse(file, { bom: true, columns: true })).toHaveLength(seen.terminals)
})

test("what needs attention are the flags of the lists and of the report", async () => {
  const { actor } = demo
  const { needs, nextRoundAt } = await overview({ actor, query: { range: "7d" }, now })
  expect(needs.length).toBeGreaterThan(3)
  expect(nextRoundAt).toBeNull()
  for (const { rule, kind, count, newest } of needs) {
    const { data } = await listFlags({ actor, query: FlagQuery.parse({ rule, kind, limit: 200 }) })
    expect([rule, kind, count]).toEqual([rule, kind, data.length])
    expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining(newest.map(({ id }) => id)))
  }
  const all = await listFlags({ actor, query: FlagQuery.parse({ limit: 200 }) })
  expect(needs.reduce((sum, { count }) => sum + count, 0)).toBe(all.data.length)
})

test("the flags of the demo open when they began, and last week's report has each once", async (context) => {
  notOnCluster(context, "only the embedded database gets the demo")
  const { actor, startedAt } = demo
  await asWorker((db) =>
    openWhenBegun(db, {
      orgId: actor.orgId,
      from: new Date(startedAt),
      until: new Date(startedAt + 600_000),
    }),
  )
  const week = weekOf(new Date(now.getTime() - 7 * 86_400_000), zone)
  const { flags } = await weeklyReport({ actor, week: week.name, now })
  expect(flags.opened.map(({ rule }) => rule)).toContain("release_behind")
  const shown = [...flags.open, ...flags.closed].map(({ id }) => id)
  expect(new Set(shown).size).toBe(shown.length)
  expect(shown).toEqual(expect.arrayContaining(flags.opened.map(({ id }) => id)))
})
