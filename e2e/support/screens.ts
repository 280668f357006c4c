import { expect, type Page } from "@playwright/test"
import { groupBy } from "@/lib/base/group-by"
import { nightlyRules } from "@/lib/insight/flags/words"
import { address } from "./journey"

export const get = async <Answer>(page: Page, path: string): Promise<Answer> => {
  const answer = await page.request.get(`${address()}/api/v1${path}`)
  expect([path, answer.status()]).toEqual([path, 200])
  return (await answer.json()) as Answer
}

export type Screen = { path: string; answers: string[]; constants?: string[] }

const ranges = ["24", "7", "30"]

const causeScreens: Screen[] = [
  ...["store", "model", "acquirer", "issuer", "cause"].map((by) => ({
    path: `/failures?groupBy=${by}`,
    answers: [`/failure-rates?range=7d&groupBy=${by}`],
    constants: [...ranges, "95%"],
  })),
  {
    path: "/failures?show=stores",
    answers: ["/failure-rates/matrix?range=7d&groupBy=cause", "/failure-rates?range=7d&groupBy=store"],
    constants: [...ranges, "95%"],
  },
  {
    path: "/failures?show=followed",
    answers: ["/failure-concentration?range=7d", "/failure-rates?range=7d&groupBy=store"],
    // What is all but certain.
    constants: [...ranges, "99%"],
  },
]

/** Screens of the demo with numbers, and what they show. */
export async function screensOf(page: Page): Promise<Screen[]> {
  const first = async (noun: string) => {
    const { data } = await get<{ data: { id: number }[] }>(page, `/${noun}`)
    return String(data[0]?.id)
  }
  const [terminal, store, model] = [await first("terminals"), await first("stores"), await first("models")]
  const shop = (await get<{ store: { id: number } }>(page, `/terminals/${terminal}`)).store.id
  await page.goto(`${address()}/reports/weekly`)
  const week = /\d{4}-W\d\d/.exec(page.url())?.[0] ?? ""
  return [
    {
      path: "/",
      answers: [
        "/overview",
        "/failure-rates",
        "/lost-sales",
        "/availability?range=7d",
        "/incidents?state=open",
      ],
      constants: [...ranges, "95%"],
    },
    { path: "/terminals", answers: ["/terminals?limit=50"], constants: ["7"] },
    ...causeScreens,
    {
      path: `/terminals/${terminal}`,
      answers: [
        `/terminals/${terminal}`,
        `/terminals/${terminal}/records`,
        `/terminals/${terminal}/wear`,
        `/incidents?state=open&terminal=${terminal}`,
        `/flags?terminal=${terminal}`,
        `/failure-rates?range=7d&terminal=${terminal}`,
        `/lost-sales?range=7d&terminal=${terminal}`,
        `/availability?range=7d&terminal=${terminal}`,
        `/failure-concentration?range=7d&store=${shop}`,
        ...nightlyRules.map((rule) => `/terminals/${terminal}/evidence?rule=${rule}`),
      ],
      constants: [...ranges, "90%", "95%", "99%", "99.8%"],
    },
    { path: "/inventory/places", answers: ["/merchants"] },
    {
      path: `/inventory/stores/${store}`,
      answers: [`/stores/${store}`, `/flags?store=${store}`, `/terminals?store=${store}`],
      constants: ["95%"],
    },
    { path: "/inventory/models", answers: ["/models"] },
    { path: `/inventory/models/${model}`, answers: [`/models/${model}`, "/approvals/proposals"] },
    { path: "/inventory/acquirers", answers: ["/acquirers"] },
    ...["acquirer", "supplier", "model"].map((by) => ({
      path: `/inventory/league?by=${by}`,
      answers: [`/league?by=${by}`],
      constants: ["95%", "5", "1,000"],
    })),
    { path: "/flags", answers: ["/flags"], constants: ["95%", ...(await sizesOfGroups(page))] },
    { path: `/reports/weekly/${week}`, answers: [`/reports/weekly/${week}`], constants: ["95%"] },
  ]
}

/** How many flags have the same rule and reasons: those of one model are shown together. */
async function sizesOfGroups(page: Page): Promise<string[]> {
  const { data } = await get<{ data: { rule: string; reasons: unknown[] }[] }>(page, "/flags")
  const groups = groupBy(data, ({ rule, reasons }) => JSON.stringify([rule, reasons]))
  return [...groups.values()].map((group) => String(group.length))
}
