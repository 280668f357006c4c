import { expect, test, type Page } from "@playwright/test"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"
import { fillDemo, signInToDemo, type Demo } from "./support/demo"
import { address } from "./support/journey"
import { shownNumbers, writtenNumbers } from "./support/shown-numbers"

// Runs last, because commands that the other journeys use need a single organisation.

test.describe.configure({ mode: "serial" })

let demo: Demo
test.beforeAll(() => {
  demo = fillDemo()
})

const get = async <Answer>(page: Page, path: string): Promise<Answer> => {
  const answer = await page.request.get(`${address()}/api/v1${path}`)
  expect([path, answer.status()]).toEqual([path, 200])
  return (await answer.json()) as Answer
}

/** The rows of the page's table, by the id in the link of their first cell. */
const countsOf = (page: Page, id: RegExp, counts: RegExp) =>
  page.getByRole("main").evaluate(
    (main, patterns) => {
      const [idOf, countOf] = patterns.map((source) => new RegExp(source)) as [RegExp, RegExp]
      return Object.fromEntries(
        [...main.querySelectorAll("tbody tr")].map((row) => {
          const cells = [...row.querySelectorAll("td")].map((cell) => cell.textContent?.trim() ?? "")
          const [, failures = "", attempts = ""] = countOf.exec(cells.join("\t").replaceAll(",", "")) ?? []
          const link = row.querySelector("a")?.getAttribute("href") ?? ""
          return [idOf.exec(link)?.[1] ?? link, `${failures} of ${attempts}`]
        }),
      )
    },
    [id.source, counts.source],
  )

const ofRaw = (sales: Demo["byStore"]) =>
  Object.fromEntries(
    Object.entries(sales).map(([id, { failures, attempts }]) => [id, `${failures} of ${attempts}`]),
  )

test("every number on the demo's screens is that of the API and of raw rows", async ({ page }) => {
  await signInToDemo(page)
  const rates = (groupBy: string) => get<FailureRatePage>(page, `/failure-rates?range=7d&groupBy=${groupBy}`)
  await expect.poll(async () => (await rates("cause")).total.attempts).toBe(demo.total.attempts)
  const { data: stores } = await get<{ data: { id: number }[] }>(page, "/stores?limit=200")
  const { data: models } = await get<{ data: { id: number }[] }>(page, "/models")
  const { data: terminals } = await get<{ data: { id: number }[] }>(page, "/terminals?limit=1")
  const [store, model, terminal] = [stores, models, terminals].map(([first]) => String(first?.id ?? ""))
  await page.goto(`${address()}/reports/weekly`)
  const week = /\d{4}-W\d\d/.exec(page.url())?.[0] ?? ""

  const of7d = "range=7d"
  const screens: { path: string; answers: string[]; constants?: string[] }[] = [
    {
      path: "/",
      answers: [`/overview?${of7d}`, `/failure-rates?${of7d}&groupBy=cause`],
      constants: ["24", "7", "30", "95%"],
    },
    { path: "/terminals", answers: ["/terminals?limit=50"], constants: ["7"] },
    ...["store", "model", "acquirer", "issuer", "cause"].map((groupBy) => ({
      path: `/failures?groupBy=${groupBy}`,
      answers: [`/failure-rates?${of7d}&groupBy=${groupBy}`],
      constants: ["24", "7", "30", "95%"],
    })),
    {
      path: `/terminals/${terminal}`,
      answers: [
        `/terminals/${terminal}`,
        `/terminals/${terminal}/records`,
        `/flags?terminal=${terminal}`,
        `/failure-rates?${of7d}&terminal=${terminal}`,
      ],
      constants: ["24", "7", "30"],
    },
    { path: "/inventory/places", answers: ["/merchants", "/places"] },
    {
      path: `/inventory/stores/${store}`,
      answers: [`/stores/${store}`, `/flags?store=${store}`, `/terminals?store=${store}`],
    },
    { path: "/inventory/models", answers: ["/models"] },
    { path: `/inventory/models/${model}`, answers: [`/models/${model}`] },
    { path: "/inventory/acquirers", answers: ["/acquirers"] },
    ...["acquirer", "supplier", "model"].map((by) => ({
      path: `/inventory/league?by=${by}`,
      answers: [`/league?by=${by}`],
      constants: ["95%", "5", "1,000"],
    })),
    { path: "/flags", answers: ["/flags"] },
    { path: `/reports/weekly/${week}`, answers: [`/reports/weekly/${week}`], constants: ["95%"] },
  ]
  const wrong: string[] = []
  for (const { path, answers, constants = [] } of screens) {
    await page.goto(`${address()}${path}`)
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    const written = writtenNumbers(await Promise.all(answers.map((answer) => get(page, answer))))
    const shown = await shownNumbers(page)
    expect(shown.length, path).toBeGreaterThan(0)
    for (const number of shown)
      if (!written.has(number) && !constants.includes(number)) wrong.push(`${path}: ${number}`)
    if (path.endsWith("=store"))
      expect(await countsOf(page, /store=(\d+)/, /\t(\d+)\t(\d+)\t/)).toEqual(ofRaw(demo.byStore))
    if (path === "/terminals") {
      const seen = await countsOf(page, /terminals\/(\d+)/, /% (\d+) \/ (\d+)/)
      expect(ofRaw(demo.byTerminal)).toMatchObject(seen)
      expect(Object.keys(seen)).toHaveLength(50)
    }
    if (path === "/flags") {
      const open = demo.flags.reduce((sum, { count }) => sum + count, 0)
      await expect(page.getByRole("article")).toHaveCount(Math.min(open, 50))
    }
  }
  expect(wrong).toEqual([])
})
