import { expect, test, type Page } from "@playwright/test"
import { address, createKey, email, password, post, signIn } from "./support/journey"
import { shiftOf } from "./support/shift"

const drawer = (page: Page) => page.getByRole("dialog")

async function fillSignIn(page: Page): Promise<void> {
  await page.getByLabel("Email").fill(email())
  await page.getByLabel("Password", { exact: true }).fill(password)
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
}

test("a link with its query survives signing in, and the end of the session", async ({ page }) => {
  const link = `${address()}/terminals?q=E2E&sort=serial`
  await page.goto(link)
  await expect(page).toHaveURL(
    `${address()}/sign-in?callback=${encodeURIComponent("/terminals?q=E2E&sort=serial")}`,
  )
  await fillSignIn(page)
  await page.waitForURL(link)
  await expect(page.getByRole("heading", { name: "Terminals" })).toBeVisible()
  await page.goto(`${address()}/?range=30d`)
  await page.context().clearCookies()
  // The overview asks for its data every few seconds.
  await page.waitForURL(/sign-in\?callback=%2F%3Frange%3D30d$/, { timeout: 30_000 })
  await fillSignIn(page)
  await page.waitForURL(`${address()}/?range=30d`)
})

test("the first key is made in the page, and its snippet works", async ({ page }) => {
  await signIn(page)
  await page.goto(`${address()}/settings/send-data`)
  const code = page.getByRole("region", { name: "curl" })
  await expect(code).toContainText("tw_YOUR_KEY")
  await page.getByRole("button", { name: "Create an API key" }).click()
  await expect(code).not.toContainText("tw_YOUR_KEY")
  const key = /KEY=(tw_\S+)/.exec(await code.innerText())?.[1] ?? ""
  const answer = await post("/api/v1/heartbeats", key, [
    { terminal: "E2E-first", at: new Date().toISOString(), app: "1.9", model: "E2E model" },
  ])
  expect(await answer.json()).toMatchObject({ accepted: 1 })
})

test("a TID that another terminal has is refused, and Esc keeps what was typed", async ({ page }) => {
  const key = createKey("ingest", "read", "write")
  const authorization = `Bearer ${key}`
  const stores = await fetch(`${address()}/api/v1/stores`, { headers: { authorization } })
  const { data } = (await stores.json()) as { data: { id: number }[] }
  const store = data[0]?.id
  const add = (serial: string, tid?: string) =>
    fetch(`${address()}/api/v1/terminals`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ serial, store, ...(tid === undefined ? {} : { tid }) }),
    })
  expect((await add("E2E-holder", "E2E-TID")).status).toBe(200)
  expect((await add("E2E-asker")).status).toBe(200)
  await signIn(page)
  await page.goto(`${address()}/terminals?q=E2E-asker`)
  await page.getByRole("link", { name: "E2E-asker" }).first().click()
  const actions = page.getByRole("button", { name: "Actions" })
  await actions.click()
  await page.getByRole("menuitem", { name: "Assign TID" }).click()
  const submit = drawer(page).getByRole("button", { name: "Assign TID" })
  await expect(submit).toBeDisabled()
  await expect(drawer(page).getByText("Still needed: TID")).toBeVisible()
  await drawer(page).getByLabel(/^TID/).fill("E2E-TID")
  await page.keyboard.press("Escape")
  await expect(drawer(page).getByLabel(/^TID/)).toHaveValue("E2E-TID")
  await submit.click()
  await expect(drawer(page).getByRole("alert")).toContainText("Another terminal has this TID")
  await drawer(page).getByRole("button", { name: "Discard" }).click()
  await expect(drawer(page)).toBeHidden()
  await expect(actions).toBeFocused()
})

test("a form has a name in both languages, and the page that of the reader", async ({ page }) => {
  await signIn(page)
  await page.goto(`${address()}/inventory/suppliers`)
  const name = drawer(page).getByLabel(/^Name/)
  const save = async () => {
    await drawer(page).getByRole("button", { name: "Save" }).click()
    await expect(drawer(page)).toBeHidden()
  }
  await page.getByRole("button", { name: "New supplier" }).click()
  await name.fill("联迪 | Landi")
  await save()
  await page.getByRole("button", { name: "Landi", exact: true }).click()
  await expect(drawer(page).getByText("Landi", { exact: true })).toBeVisible()
  await expect(name).toHaveValue("联迪 | Landi")
  await drawer(page).getByLabel("Warranty (months)").fill("24")
  await save()
  const answer = await page.request.get(`${address()}/api/v1/suppliers`)
  const { data } = (await answer.json()) as { data: object[] }
  expect(data).toContainEqual(expect.objectContaining({ name: "联迪 | Landi", warrantyMonths: 24 }))
})

test("a release policy says what it flags before it is saved", async ({ page }) => {
  await signIn(page)
  await page.goto(`${address()}/inventory/releases`)
  await page.getByRole("button", { name: "New policy" }).click()
  const minimum = drawer(page).getByRole("combobox", { name: "At least" })
  await minimum.fill("banana")
  await expect(drawer(page).getByText("This is no version.")).toBeVisible()
  await expect(drawer(page).getByRole("button", { name: "Save" })).toBeDisabled()
  await minimum.fill("99.0")
  await expect(drawer(page).getByRole("status")).toContainText(/^Flags (no|\d+) terminals? of \d+/)
  await expect(drawer(page).getByRole("button", { name: "Save" })).toBeEnabled()
})

test("the terminal page keeps still as it loads, and Tab leads past the navigation", async ({ page }) => {
  await signIn(page)
  await page.goto(`${address()}/terminals`)
  const link = await page.getByRole("row").getByRole("link").first().getAttribute("href")
  expect(await shiftOf(page, `${address()}${link ?? ""}`)).toBeLessThan(0.05)
  await expect(page.getByRole("heading", { name: "Trend" })).toBeVisible()
  await page.keyboard.press("Tab")
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(page.locator("#content")).toBeFocused()
})
