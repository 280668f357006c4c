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

async function signedIn(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${address()}/sign-in`)
  await page.locator("[name=email]").fill(email)
  await page.locator("[name=password]").fill(password)
  await page.locator("button[type=submit]").first().click()
  await page.waitForURL(`${address()}/`)
  return page
}

test("a reader of one store finds links that open, and no page asks for what is refused", async ({
  page,
  browser,
}) => {
  test.setTimeout(600_000)
  fillDemo()
  await signInToDemo(page)
  await givenReader(page)
  const reader = await signedIn(browser)
  const faults: string[] = []
  reader.on("response", (answer) => {
    if (answer.status() === 403) faults.push(`${reader.url()} asks for ${answer.url()}, which is refused`)
  })
  const known = new Set<string>()
  const paths = ["/"]
  for (const path of paths) {
    await reader.goto(`${address()}${path}`)
    await expect(reader.getByRole("heading").first()).toBeVisible()
    await reader.waitForLoadState("networkidle")
    const links = await newLinks(reader, known)
    faults.push(...(await deadLinks(reader, links)))
    paths.push(...links.filter((link) => !link.startsWith("/api/")))
  }
  expect(paths.length).toBeGreaterThan(40)
  expect(faults).toEqual([])
})
