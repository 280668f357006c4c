import type { Page } from "@playwright/test"

type Listed = { data?: { id: number | string; component?: string }[] }

/** One object for each path with a parameter. The page is signed in. */
export async function subjects(page: Page, url: string): Promise<Record<string, string | undefined>> {
  const first = async (noun: string, component?: string) => {
    const answer = await page.request.get(`${url}/api/v1/${noun}`)
    const { data = [] } = (await answer.json()) as Listed
    const found = data.find((one) => component === undefined || one.component === component)
    return found && String(found.id)
  }
  const weekly = await page.request.get(`${url}/reports/weekly`)
  return {
    "/terminals/[id]": await first("terminals?state=late").then((late) => late ?? first("terminals")),
    "/imports/[id]": await first("imports"),
    "/incidents/[id]": await first("incidents").then((open) => open ?? first("incidents?state=closed")),
    "/inventory/stores/[id]": await first("stores"),
    "/failures/coaching/[id]": await first("stores"),
    "/inventory/models/[id]": await first("models"),
    "/inventory/releases/[id]": await first("releases", "app"),
    "/reports/weekly/[week]": /\d{4}-W\d\d/.exec(weekly.url())?.[0],
  }
}

/** The path of a terminal's help page. Makes a link if there is none; null if the user may not. */
export async function helpPath(page: Page, url: string, terminal: string): Promise<string | null> {
  const link = async () => {
    const answer = await page.request.get(`${url}/api/v1/terminals/${terminal}`)
    return ((await answer.json()) as { helpLink: string | null }).helpLink
  }
  const data = { terminals: { ids: [Number(terminal)] }, change: { kind: "helpLink", step: "make" } }
  const found = await link()
  if (found === null)
    await page.request.post(`${url}/api/v1/terminals/bulk`, { headers: { origin: url }, data })
  const made = found ?? (await link())
  return made && new URL(made).pathname
}
