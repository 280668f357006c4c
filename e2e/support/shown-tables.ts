import { expect, type Page } from "@playwright/test"
import { intervalText, percentText } from "@/components/ui/percent"
import { causes } from "@/lib/fleet/code-packs/cause"
import type { Model } from "@/lib/fleet/models/schemas"
import type { TerminalPage } from "@/lib/fleet/terminals/schemas"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import type { FailureRate, FailureRatePage, FailureSeries } from "@/lib/insight/rates/schemas"
import type { Grouping } from "@/lib/insight/rates/words"
import type { LeagueTable } from "@/lib/outlook/league/schemas"
import type { LeagueGrouping } from "@/lib/outlook/league/words"
import type { Overview } from "@/lib/outlook/overview/schemas"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"
import { address } from "./journey"

/** Texts of some cells of a row, by the heading of their column. */
type Row = Record<string, string>
/** A table of a screen: the answer of the API that it shows, and what its cells must say, in order. */
export type ShownTable = {
  path: string
  answer: string
  rows: (answer: unknown) => Row[]
  /** The table of a chart. */
  isChart?: true
}

const format = {
  number: (value: number, options?: Intl.NumberFormatOptions) => value.toLocaleString("en-GB", options),
} as Parameters<typeof percentText>[0]
const count = (value: number) => format.number(value)
const percent = (share: number | null, decimals = 1) => percentText(format, share, decimals)
const interval = (ends: readonly [number, number] | null) =>
  ends === null ? "—" : intervalText(format, ends)
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

const table = <Answer>(
  path: string,
  answer: string,
  rows: (answer: Answer) => Row[],
  isChart?: true,
): ShownTable => ({
  path,
  answer,
  rows: (read) => rows(read as Answer),
  ...(isChart ? { isChart } : {}),
})

const rates = (groupBy: Grouping) =>
  table<FailureRatePage>(
    `/failures?groupBy=${groupBy}`,
    `/failure-rates?range=7d&groupBy=${groupBy}`,
    ({ data }) =>
      data.map((row) => ({
        Failed: count(row.failures),
        Sales: count(row.attempts),
        Rate: percent(row.rate, 2),
        "95% interval": interval(row.interval),
        "Rate before": percent(row.previous.rate, 2),
      })),
  )

const league = (by: LeagueGrouping) =>
  table<LeagueTable>(`/inventory/league?by=${by}`, `/league?by=${by}`, ({ data }) =>
    data.map((row) => ({
      Terminals: count(row.terminals),
      "Device failure rate (95% interval)":
        row.rate === null
          ? "—"
          : `${percent(row.rate, 2)} (${interval(row.interval)}) ` +
            `${count(row.deviceFailures)} / ${count(row.attempts)}`,
      Availability:
        row.availability.share === null
          ? "—"
          : `${percent(row.availability.share, 2)} ${count(row.availability.upHours)} of ` +
            `${count(row.availability.openHours)} opening hours`,
      "Flags per terminal and year":
        row.flagsPerTerminalYear === null
          ? "—"
          : `${row.flagsPerTerminalYear.toFixed(2)} ${count(row.flagsOpened)} in ` +
            `${row.terminalYears.toFixed(1)} terminal-years`,
    })),
  )

const statusNames = ["Pending", "Active", "Spare", "In repair", "Retired"]
const statusText = ({ terminals }: Model) =>
  terminalStatuses
    .flatMap((status, i) => (terminals[status] ? [`${statusNames[i]} ${terminals[status]}`] : []))
    .join(" · ") || "—"

const reportRow = ({
  failures,
  attempts,
  rate,
  interval: ends,
  previous,
}: Omit<FailureRate, "raw">): Row => ({
  "Failed / sales": `${count(failures)} / ${count(attempts)}`,
  Rate: percent(rate, 2),
  "95% interval": interval(ends),
  "Previous week": `${count(previous.failures)} / ${count(previous.attempts)}`,
  "Rate, previous week": percent(previous.rate, 2),
})

const causeNames = ["Device", "Card", "Operator", "System", "Unknown"]
const ofSeries = ({ data }: FailureSeries): Row[] =>
  data
    .filter(({ presentments }) => presentments > 0)
    .toReversed()
    .map(({ presentments, byCause }) => ({
      Sales: count(presentments),
      ...Object.fromEntries(
        causes.map((cause, i) => [causeNames[i], percent(share(byCause[cause], presentments))]),
      ),
    }))

/** The tables of the demo's screens. */
export const tablesOf = ({ terminal, week }: { terminal: string; week: string }): ShownTable[] => [
  table<Overview>("/", "/overview?range=7d", ({ worstStores }) =>
    worstStores.map(({ failures, attempts, rate, interval: ends }) => ({
      "Failure rate": `${percent(rate, 2)} ${count(failures)} / ${count(attempts)}`,
      "95% interval": interval(ends),
    })),
  ),
  table<FailureSeries>("/", "/failure-rates/series?range=7d", ofSeries, true),
  ...(
    ["store", "merchant", "region", "model", "release", "acquirer", "issuer", "cause", "code"] as const
  ).map(rates),
  table<TerminalPage>("/terminals", "/terminals?limit=50", ({ data }) =>
    data.map(({ failures, attempts, openFlags, app }) => ({
      "App release": app ?? "—",
      "Failure rate, 7 days": `${percent(share(failures, attempts))} ${count(failures)} / ${count(attempts)}`,
      Flags: openFlags === 0 ? "" : count(openFlags),
    })),
  ),
  table<FailureSeries>(
    `/terminals/${terminal}`,
    `/failure-rates/series?range=7d&terminal=${terminal}`,
    ofSeries,
    true,
  ),
  table<{ data: Model[] }>("/inventory/models", "/models", ({ data }) =>
    data.map((model) => ({ Terminals: statusText(model) })),
  ),
  ...["/acquirers", "/suppliers"].map((noun) =>
    table<{ data: { terminals: number }[] }>(`/inventory${noun}`, noun, ({ data }) =>
      data.map(({ terminals }) => ({ Terminals: count(terminals) })),
    ),
  ),
  ...(["acquirer", "supplier", "model"] as const).map(league),
  table<WeeklyReport>(`/reports/weekly/${week}`, `/reports/weekly/${week}`, ({ byCause, total }) =>
    [...byCause, total].map(reportRow),
  ),
]

/** The rows of the first table of the page that has these columns. */
const rowsOf = (page: Page, columns: readonly string[]) =>
  page.getByRole("main").evaluate((main, wanted) => {
    const textOf = (cell: Element) => (cell as HTMLElement).innerText.replaceAll(/\s+/g, " ").trim()
    for (const table of main.querySelectorAll("table")) {
      const heads = [...table.querySelectorAll("thead th")].map(textOf)
      if (!table.checkVisibility() || !wanted.every((column) => heads.includes(column))) continue
      return [...table.querySelectorAll("tbody tr")].map((row) => {
        const cells = [...row.children].map(textOf)
        return Object.fromEntries(wanted.map((column) => [column, cells[heads.indexOf(column)] ?? ""]))
      })
    }
    return null
  }, columns)

/** Opens the page of a table, and compares its cells with an answer of the API. */
export async function compareTable(
  page: Page,
  { path, rows, isChart }: ShownTable,
  answer: unknown,
): Promise<void> {
  const expected = rows(answer)
  expect(expected, path).not.toHaveLength(0)
  await page.goto(`${address()}${path}`)
  if (isChart) await page.getByRole("button", { name: "Show as table" }).first().click()
  await expect.poll(() => rowsOf(page, Object.keys(expected[0] ?? {})), { message: path }).toEqual(expected)
}
