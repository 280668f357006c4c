import { expect, test, type Page } from "@playwright/test"
import { fillDemo, signInToDemo } from "./support/demo"
import { address } from "./support/journey"

test.beforeAll(() => {
  fillDemo()
})

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

test("a flag is assigned, snoozed and confirmed, and the precision of its rule moves", async ({ page }) => {
  await signInToDemo(page)
  await page.goto(`${address()}/flags?rule=silent`)
  const serial = await page.getByRole("table").getByRole("link").first().innerText()
  await handle(page, serial, "Assign", () => page.getByLabel("Person or firm").fill("TW-2"))
  await expect(flagRow(page, serial)).toContainText("TW-2")
  await handle(page, serial, "Snooze", async () => {})
  await expect(flagRow(page, serial)).toBeHidden()
  await page.getByRole("radiogroup", { name: "Status" }).getByText("Snoozed").click()
  await expect(flagRow(page, serial)).toContainText("Snoozed until")
  await flagRow(page, serial).getByRole("button", { name: "History" }).click()
  await expect(page.getByRole("dialog", { name: serial })).toContainText("Assigned to TW-2")
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
