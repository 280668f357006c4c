import { expect, test, type Page } from "@playwright/test"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"
import { counted } from "./support/counted"
import { fillDemo, signInToDemo, type Demo } from "./support/demo"
import { address, post } from "./support/journey"
import { get, screensOf, type Screen } from "./support/screens"
import { shownNumbers, writtenNumbers } from "./support/shown-numbers"
import { compareTable, tablesOf } from "./support/shown-tables"

// Runs last, because commands that the other journeys use need a single organisation.

test.describe.configure({ mode: "serial" })

let demo: Demo
test.beforeAll(() => {
  demo = fillDemo()
})

/** The numbers of the page that are in none of its answers. */
async function unexplained(page: Page, { path, answers, constants = [] }: Screen): Promise<string[]> {
  await page.goto(`${address()}${path}`)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  const written = writtenNumbers(await Promise.all(answers.map((answer) => get(page, answer))))
  const shown = await shownNumbers(page)
  expect(shown.length, path).toBeGreaterThan(0)
  return shown
    .filter((number) => !written.has(number) && !constants.includes(number))
    .map((number) => `${path}: ${number}`)
}

/** Failed sales and sales in the rows of the page's table, by the id in the link of their first cell. */
const countsOf = (page: Page, patterns: { id: RegExp; counts: RegExp }) =>
  page.getByRole("main").evaluate(
    (main, { id, counts }) =>
      Object.fromEntries(
        [...main.querySelectorAll("tbody tr")].map((row) => {
          const cells = [...row.querySelectorAll("td")].map((cell) => cell.textContent?.trim() ?? "")
          const [, failures, attempts] = new RegExp(counts).exec(cells.join("\t").replaceAll(",", "")) ?? []
          const link = row.querySelector("a")?.getAttribute("href") ?? ""
          return [new RegExp(id).exec(link)?.[1] ?? link, `${failures} of ${attempts}`]
        }),
      ),
    { id: patterns.id.source, counts: patterns.counts.source },
  )

const ofRaw = (sales: Demo["byStore"]) =>
  Object.fromEntries(
    Object.entries(sales).map(([id, { failures, attempts }]) => [id, `${failures} of ${attempts}`]),
  )

/** Compares what a page shows with raw rows. */
const againstRaw: Record<string, (page: Page) => Promise<void>> = {
  "/": async (page) => {
    const { failures, attempts } = demo.total
    const text = `${failures.toLocaleString("en")} of ${attempts.toLocaleString("en")} failed`
    await expect(page.getByText(text)).toBeVisible()
    // Flags open and states change as time passes, and the page follows.
    await expect(async () => {
      const counts = await page
        .getByRole("article")
        .getByRole("link", { name: /^\d+ (terminal|flag)s?$/ })
        .allInnerTexts()
      const [all, ...cards] = await page
        .getByRole("region", { name: "Fleet status" })
        .getByRole("link")
        .allInnerTexts()
      const states = cards.map((text) => text.split(/\n+/)).map(([name, count]) => [name, Number(count)])
      expect({
        flags: counts.map((words) => Number.parseInt(words, 10)).toSorted((a, b) => a - b),
        states: Object.fromEntries(states),
      }).toEqual(await counted())
      expect(all).toMatch(new RegExp(`\\n${states.reduce((sum, [, count]) => sum + Number(count), 0)}$`))
    }).toPass()
  },
  "/terminals": async (page) => {
    const seen = await countsOf(page, { id: /terminals\/(\d+)/, counts: /% (\d+) \/ (\d+)/ })
    expect(Object.keys(seen)).toHaveLength(50)
    expect(ofRaw(demo.byTerminal)).toMatchObject(seen)
  },
  "/failures?groupBy=store": async (page) => {
    const seen = await countsOf(page, { id: /store=(\d+)/, counts: /\t(\d+)\t(\d+)\t/ })
    expect(seen).toEqual(ofRaw(demo.byStore))
  },
}

test("every number on the demo's screens is that of the API and of raw rows", async ({ page }) => {
  await signInToDemo(page)
  await expect
    .poll(
      async () => (await get<FailureRatePage>(page, "/failure-rates?range=7d&groupBy=cause")).total.attempts,
    )
    .toBe(demo.total.attempts)
  const wrong: string[] = []
  for (const screen of await screensOf(page)) {
    wrong.push(...(await unexplained(page, screen)))
    await againstRaw[screen.path]?.(page)
  }
  expect(wrong).toEqual([])
})

test("each cell of a table has the number of its field in the API, in the API's order", async ({ page }) => {
  test.setTimeout(180_000)
  await signInToDemo(page)
  const { data } = await get<{ data: { id: number }[] }>(page, "/terminals")
  await page.goto(`${address()}/reports/weekly`)
  const week = /\d{4}-W\d\d/.exec(page.url())?.[0] ?? ""
  for (const table of tablesOf({ terminal: String(data[0]?.id), week }))
    await compareTable(page, table, await get(page, table.answer))
})

test("failed sales lead from a chain to its stores, their terminals and one of these", async ({ page }) => {
  await signInToDemo(page)
  await page.goto(`${address()}/failures`)
  await page.getByRole("combobox", { name: "Group by" }).click()
  await page.getByRole("option", { name: "Merchant" }).click()
  const rows = page.getByRole("table").getByRole("row")
  await expect(rows).toHaveCount(4)
  await rows.getByRole("link", { name: "Kapok Coffee" }).click()
  await expect(rows).toHaveCount(8)
  const store = rows.nth(1).getByRole("link")
  const failed = await rows.nth(1).getByRole("cell").nth(1).innerText()
  await store.click()
  await expect(rows).toHaveCount(4)
  await expect(page.getByText(new RegExp(`^${failed} of [\\d,]+ failed`))).toBeVisible()
  await rows.nth(1).getByRole("link").click()
  await expect(page).toHaveURL(/\/terminals\/\d+\?range=7d$/)
})

test("a code that no table has is given a cause, and its sale is counted for it", async ({ page }) => {
  const sale = {
    terminal: "T100000",
    at: new Date().toISOString(),
    id: "unmapped",
    outcome: "declined",
    codeSystem: "unionpay",
    code: "7K7",
    entryMode: "chip",
    amountMinor: 100,
    currency: "CNY",
  }
  expect((await post("/api/v1/transactions", demo.key, [sale])).status).toBe(200)
  await signInToDemo(page)
  await page.goto(`${address()}/inventory/code-tables`)
  await page.getByRole("button", { name: "Set the cause of 7K7" }).click()
  const dialog = page.getByRole("dialog", { name: "7K7 (unionpay)" })
  await dialog.getByRole("combobox", { name: /^Cause/ }).click()
  await page.getByRole("option", { name: "Card" }).click()
  await dialog.getByRole("button", { name: "Save" }).click()
  await expect(page.getByText("No code is waiting")).toBeVisible()
  await page.goto(`${address()}/failures?groupBy=code`)
  await expect(page.getByRole("row", { name: /7K7/ })).toBeVisible()
})

test("a tap on a chart shows the figures of a bar, and stays on the page", async ({ browser }) => {
  const phone = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const page = await phone.newPage()
  await signInToDemo(page)
  const bars = page
    .getByRole("img", { name: "Failure rate by cause over time" })
    .locator(".recharts-bar-rectangle path")
  await bars.last().scrollIntoViewIfNeeded()
  await bars.last().tap()
  const figures = page.locator(".recharts-tooltip-wrapper")
  await expect(figures).toContainText(/Device.*\d+\.\d%/)
  await expect(page).toHaveURL(`${address()}/`)
  await phone.close()
})

test("a frozen report keeps its figures, and shows beside it what changed since", async ({ page }) => {
  await signInToDemo(page)
  await page.goto(`${address()}/reports/weekly`)
  const main = page.getByRole("main")
  await expect(main).toContainText(/As it stood on .* unionpay version 3, others as shipped/)
  const total = main.getByRole("row", { name: /^Total/ })
  const frozen = await total.innerText()
  await page.getByRole("link", { name: "Figures as they stand now" }).click()
  await expect(page).toHaveURL(/figures=now$/)
  const changed = page.getByRole("region", { name: "Changed since the report was frozen" })
  await expect(changed.getByRole("row", { name: /^Sales/ })).toBeVisible()
  expect(await total.innerText()).not.toBe(frozen)
  await page.getByRole("link", { name: "Frozen report" }).click()
  await expect(total).toHaveText(frozen, { useInnerText: true })
})

test("the demo's week fits on two sheets of paper, with nothing cut", async ({ page }) => {
  await signInToDemo(page)
  await page.goto(`${address()}/reports/weekly`)
  await expect(page.getByRole("heading", { name: /^Weekly maintenance report/ })).toBeVisible()
  await page.emulateMedia({ media: "print" })
  // The width between the margins of A4.
  await page.setViewportSize({ width: 680, height: 1000 })
  const cut = await page
    .getByRole("main")
    .evaluate((main) =>
      [...main.querySelectorAll("*")]
        .filter(
          (element) =>
            element.scrollWidth > element.clientWidth + 1 &&
            getComputedStyle(element).overflowX !== "visible",
        )
        .map((element) => element.textContent),
    )
  expect(cut).toEqual([])
  const sheets = (await page.pdf({ preferCSSPageSize: true })).toString("latin1")
  expect(sheets.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(2)
})
