import { expect, test, type Page } from "@playwright/test"
import { fillDemo, signInToDemo } from "./support/demo"
import { address } from "./support/journey"
import { shiftOf } from "./support/shift"

test.beforeAll(() => {
  fillDemo()
})

/** A midnight, so many days from now. */
const midnight = (days: number) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T00:00`

const flagRow = (page: Page, serial: string) => page.getByRole("row").filter({ hasText: serial })

async function handle(page: Page, serial: string, step: string, fill: (page: Page) => Promise<void>) {
  await flagRow(page, serial).getByRole("checkbox").check()
  await page.getByRole("group", { name: "Selected flags" }).getByRole("button", { name: step }).click()
  const dialog = page.getByRole("dialog", { name: step })
  await expect(dialog).toContainText("1 flag")
  await fill(page)
  await dialog.getByRole("button", { name: step }).click()
  await expect(dialog).toBeHidden()
}

test("a flag is assigned, snoozed, tried remotely and confirmed, and its rule's precision moves", async ({
  page,
}) => {
  await signInToDemo(page)
  await page.goto(`${address()}/flags?rule=silent`)
  const serial = await page.getByRole("table").getByRole("link").first().innerText()
  await handle(page, serial, "Assign", () => page.getByLabel("Person or firm").fill("TW-2"))
  await expect(flagRow(page, serial)).toContainText("TW-2")
  await handle(page, serial, "Try remotely", async () => {
    await page.getByRole("combobox", { name: "Action" }).click()
    await page.getByRole("option", { name: "Restart" }).click()
  })
  await expect(flagRow(page, serial)).toContainText("Restart asked for")
  await handle(page, serial, "Snooze", async () => {})
  await expect(flagRow(page, serial)).toBeHidden()
  await page.getByRole("radiogroup", { name: "Status" }).getByText("Snoozed").click()
  await expect(flagRow(page, serial)).toContainText("Snoozed until")
  await flagRow(page, serial).getByRole("button", { name: "History" }).click()
  await expect(page.getByRole("dialog", { name: serial })).toContainText("Assigned to TW-2")
  await expect(page.getByRole("dialog", { name: serial })).toContainText("Restart asked for")
  await page.keyboard.press("Escape")
  await handle(page, serial, "Add finding", async () => {
    await page.getByRole("combobox", { name: "What was found" }).click()
    await page.getByRole("option", { name: "Fixed remotely" }).click()
  })
  await expect(flagRow(page, serial)).toBeHidden()
  await page.goto(`${address()}/flags`)
  await page.getByRole("link", { name: "How often rules are right" }).click()
  await expect(page.getByRole("row", { name: /Terminal is silent.*100\.0%/ })).toBeVisible()
})

test("a terminal is in maintenance until somebody ends the window", async ({ page }) => {
  await signInToDemo(page)
  await page.goto(`${address()}/flags?rule=self_check`)
  const link = page.getByRole("table").getByRole("link").first()
  const [serial, href] = [await link.innerText(), await link.getAttribute("href")]
  await page.getByRole("link", { name: "Maintenance windows" }).click()
  await page.getByRole("button", { name: "Add window" }).click()
  const drawer = page.getByRole("dialog", { name: "Add window" })
  await drawer.getByRole("combobox", { name: "For" }).click()
  await page.getByRole("option", { name: "Terminal", exact: true }).click()
  await drawer.getByRole("combobox", { name: "Terminal" }).fill(serial)
  await page.getByRole("option", { name: serial }).click()
  await drawer.getByLabel("Reason").fill("New PIN pad")
  await drawer.getByLabel("Begins").fill(midnight(-2))
  await drawer.getByLabel("Ends").fill(midnight(30))
  await drawer.getByRole("button", { name: "Save" }).click()
  await expect(page.getByRole("row", { name: /New PIN pad/ })).toContainText(serial)
  await page.goto(`${address()}${href}`)
  await expect(page.getByRole("alert").filter({ hasText: "In maintenance until" })).toContainText(
    "New PIN pad",
  )
  await page.goto(`${address()}/flags/maintenance`)
  await page
    .getByRole("row", { name: /New PIN pad/ })
    .getByRole("button", { name: "New PIN pad" })
    .click()
  await page.getByRole("button", { name: "End now" }).click()
  await expect(page.getByRole("row", { name: /New PIN pad/ })).toBeHidden()
})

test("a terminal with flags and its store keep still as they load", async ({ page }) => {
  await signInToDemo(page)
  await page.goto(`${address()}/flags?rule=self_check`)
  const terminal = await page.getByRole("table").getByRole("link").first().getAttribute("href")
  expect(await shiftOf(page, `${address()}${terminal}`)).toBeLessThan(0.05)
  await expect(page.getByRole("article", { name: "Self-check failed" }).first()).toBeVisible()
  const flags = await (await page.request.get(`${address()}/api/v1/flags?rule=self_check`)).json()
  expect(await shiftOf(page, `${address()}/inventory/stores/${flags.data[0].store.id}`)).toBeLessThan(0.05)
  await expect(page.getByRole("article", { name: "Self-check failed" }).first()).toBeVisible()
})
