import { expect, test, type Browser, type Page } from "@playwright/test"
import { fillDemo, signInToDemo } from "./support/demo"
import { address, password } from "./support/journey"
import { deadLinks, newLinks } from "./support/links"

const email = "reader-of-one-store@example.com"

/** Invites somebody who may only read, in the store with most flags. */
async function givenReader(page: Page): Promise<void> {
  const get = async <Answer>(path: string) =>
    (await (await page.request.get(`${address()}/api/v1/${path}`)).json()) as Answer
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`${address()}/api/v1/${path}`, {
      headers: { origin: address() },
      data,
    })
    expect(answer.ok(), path).toBe(true)
    return (await answer.json()) as { link: { url: string } }
  }
  const flags = await get<{ data: { store: { id: number } | null }[] }>("flags?status=open&kind=maintenance")
  const store = flags.data.find((flag) => flag.store !== null)?.store?.id
  const reach = { merchants: [], regions: [], stores: [store] }
  const { link } = await post("users", { email, name: "Reader", role: "viewer", reach })
  await post(`account-links/${link.url.split("/").at(-1)}`, { password })
}

/** Opens tabs of a reader's browser. */
async function signedIn(browser: Browser, tabs: number): Promise<Page[]> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${address()}/sign-in`)
  await page.locator("[name=email]").fill(email)
  await page.locator("[name=password]").fill(password)
  await page.locator("button[type=submit]").first().click()
  await page.waitForURL(`${address()}/`)
  return [page, ...(await Promise.all(Array.from({ length: tabs - 1 }, () => context.newPage())))]
}

/** Opens pages one after the other, notes dead links, and returns links of new kinds. */
async function follow(tab: Page, paths: readonly string[], known: Set<string>, faults: string[]) {
  const found: string[] = []
  for (const path of paths) {
    await tab.goto(`${address()}${path}`)
    await expect(tab.getByRole("heading").first()).toBeVisible()
    await tab.waitForLoadState("networkidle")
    const links = await newLinks(tab, known)
    faults.push(...(await deadLinks(tab, links)))
    found.push(...links.filter((link) => !link.startsWith("/api/")))
  }
  return found
}

test("a reader of one store finds links that open, and no page asks for what is refused", async ({
  page,
  browser,
}) => {
  test.setTimeout(600_000)
  fillDemo()
  await signInToDemo(page)
  await givenReader(page)
  const tabs = await signedIn(browser, 3)
  const faults: string[] = []
  for (const tab of tabs)
    tab.on("response", (answer) => {
      if (answer.status() === 403) faults.push(`${tab.url()} asks for ${answer.url()}, which is refused`)
    })
  const known = new Set<string>()
  let [paths, opened] = [["/"], 0]
  while (paths.length > 0) {
    opened += paths.length
    const parts = tabs.map((tab, which) => ({ tab, own: paths.filter((_, i) => i % tabs.length === which) }))
    paths = (await Promise.all(parts.map(({ tab, own }) => follow(tab, own, known, faults)))).flat()
  }
  expect(opened).toBeGreaterThan(40)
  expect(faults).toEqual([])
})
