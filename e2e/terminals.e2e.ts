import { readFileSync } from "node:fs"
import { expect, test, type Page } from "@playwright/test"
import { address, createKey, post, signIn } from "./support/journey"

const act = async (page: Page, action: string) => {
  await page.getByRole("button", { name: "Actions" }).click()
  await page.getByRole("menuitem", { name: action, exact: true }).click()
}
const drawer = (page: Page) => page.getByRole("dialog")
const confirm = async (page: Page, action: string) => {
  await drawer(page).getByRole("button", { name: action, exact: true }).click()
  await expect(drawer(page)).toHaveCount(0)
}

async function sendHeartbeats(key: string) {
  const at = new Date().toISOString()
  expect(
    (
      await post("/api/v1/heartbeats", key, [
        { terminal: "LIFE-1", at, tid: "LIFE-TID" },
        { terminal: "LIFE-2", at },
        { terminal: "LIFE-3", at },
      ])
    ).status,
  ).toBe(200)
  await expect(async () => {
    const found = await fetch(`${address()}/api/v1/terminals?q=LIFE-`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(await found.json()).toMatchObject({ total: 3 })
  }).toPass()
}

async function enrolTwo(page: Page) {
  for (const serial of ["LIFE-1", "LIFE-2"])
    await page.getByRole("checkbox", { name: `Select ${serial}` }).click()
  await act(page, "Enrol")
  await drawer(page).getByLabel("Note").fill("Opening day")
  await confirm(page, "Enrol")
  await expect(page.getByRole("status").filter({ hasText: "2 changed, 0 not" })).toBeVisible()
}

async function labelAll(page: Page) {
  await page.getByRole("checkbox", { name: "Select all on this page" }).click()
  await act(page, "Add or remove labels")
  await drawer(page).getByLabel("Add labels").fill("pilot")
  await drawer(page).getByLabel("Add labels").press("Enter")
  await confirm(page, "Add or remove labels")
  await expect(page.getByRole("status").filter({ hasText: "3 changed, 0 not" })).toBeVisible()
}

async function buyAll(page: Page, key: string) {
  const supplier = { name: "LIFE Trade", isManufacturer: false, isSupplier: true, warrantyMonths: 24 }
  expect(
    (
      await fetch(`${address()}/api/v1/suppliers`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(supplier),
      })
    ).status,
  ).toBe(200)
  await page.getByRole("checkbox", { name: "Select all on this page" }).click()
  await act(page, "Supplier, purchase, warranty")
  await drawer(page).getByLabel("Supplier").fill("LIFE")
  await page.getByRole("option", { name: "LIFE Trade" }).click()
  await drawer(page).getByLabel("Bought on").fill("2020-01-31")
  await confirm(page, "Save")
  await expect(page.getByRole("status").filter({ hasText: "3 changed, 0 not" })).toBeVisible()
  await page.getByRole("combobox", { name: "Warranty" }).click()
  await page.getByRole("option", { name: "Expired" }).click()
  await expect(page.getByRole("table").getByText("LIFE Trade")).toHaveCount(3)
}

async function swapAndRetire(page: Page) {
  await page.getByRole("link", { name: "LIFE-1" }).click()
  await expect(page.getByText("from the supplier's warranty")).toBeVisible()
  await act(page, "Swap")
  await drawer(page).getByLabel("New terminal").fill("LIFE-3")
  await page.getByRole("option", { name: /^LIFE-3 · Pending/ }).click()
  await confirm(page, "Swap")
  await expect(page.getByText("In repair").first()).toBeVisible()
  await expect(page.getByText("Opening day")).toBeVisible()
  await act(page, "Retire")
  await confirm(page, "Retire")
  await page.getByRole("button", { name: "Actions" }).click()
  await expect(page.getByRole("menuitem", { name: "Move to spares" })).toBeVisible()
  await expect(page.getByRole("menuitem", { name: "Swap" })).toHaveCount(0)
}

async function exportActive(page: Page) {
  await page.goto(`${address()}/terminals?q=LIFE-&status=active`)
  await expect(page.getByRole("link", { name: "LIFE-3" })).toBeVisible()
  await page.getByRole("button", { name: "Export" }).click()
  const downloading = page.waitForEvent("download")
  await page.getByRole("menuitem", { name: "CSV" }).click()
  const [head, ...rows] = readFileSync(await (await downloading).path(), "utf8")
    .trim()
    .split("\n")
  expect(head).toContain("serial,tid,acquirer,model,status")
  expect(rows.map((row) => row.split(",").slice(0, 2))).toEqual([
    ["LIFE-2", ""],
    ["LIFE-3", "LIFE-TID"],
  ])
}

test("enrols, labels, swaps and exports terminals", async ({ page }) => {
  const key = createKey("ingest", "read", "write")
  await sendHeartbeats(key)
  await signIn(page)
  await page.goto(`${address()}/terminals?q=LIFE-`)
  await enrolTwo(page)
  await labelAll(page)
  await buyAll(page, key)
  await swapAndRetire(page)
  await exportActive(page)

  await page.setViewportSize({ width: 390, height: 844 })
  const filters = page.getByRole("button", { name: "Filters (1)" })
  await expect(page.getByLabel("Status").first()).toBeHidden()
  await filters.click()
  await expect(page.getByLabel("Status").first()).toHaveValue("Active")

  await page.goto(`${address()}/terminals/labels?label=pilot`)
  await expect(page.getByRole("img", { name: "QR code of LIFE-3" })).toBeVisible()
})
