import { readFileSync } from "node:fs"
import { expect, test, type Page } from "@playwright/test"
import { address, createKey, post, signIn } from "./support/journey"

const row = (page: Page, name: string) => page.getByRole("table").getByRole("row", { name })
const choose = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}` }).click()
const result = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text })

async function rejectFive() {
  const at = new Date().toISOString()
  const key = createKey("ingest", "read", "write")
  const wrong = ["Q-1", "Q-2", "Q-3", "Q-4"].map((terminal) => ({ terminal, at: "soon" }))
  expect((await post("/api/v1/heartbeats", key, [...wrong, { terminal: "unknown", at }])).status).toBe(200)
}

async function correctOne(page: Page) {
  await row(page, "Q-1").getByRole("button", { name: "Q-1" }).click()
  await expect(page).toHaveURL(/record=\d+/)
  const drawer = page.getByRole("dialog", { name: "Invalid format: Q-1" })
  await expect(drawer.getByText("a time with an offset")).toBeVisible()
  await drawer.getByRole("button", { name: "Replay unchanged" }).click()
  await expect(drawer.getByRole("alert")).toContainText("Still rejected")
  const corrected = JSON.stringify({ terminal: "Q-1", at: new Date().toISOString() })
  await drawer.getByLabel("Corrected record").fill(corrected)
  await drawer.getByRole("button", { name: "Replay corrected record" }).click()
  await expect(drawer).toHaveCount(0)
  await expect(result(page, "The record now counts.")).toBeVisible()
  await expect(row(page, "Q-1")).toHaveCount(0)
}

async function discardTwo(page: Page) {
  await choose(page, "Invalid format: Q-2")
  await choose(page, "Invalid format: Q-3")
  const bar = page.getByRole("group", { name: "Selected records" })
  await expect(bar).toContainText("2 selected")
  await bar.getByRole("button", { name: "Replay" }).click()
  await expect(result(page, "0 records accepted, 2 still rejected.")).toBeVisible()
  await result(page, "2 still rejected.").getByRole("button", { name: "Close" }).click()
  await choose(page, "Invalid format: Q-2")
  await choose(page, "Invalid format: Q-3")
  await bar.getByRole("button", { name: "Discard" }).click()
  await page
    .getByRole("dialog", { name: "Discard 2 records?" })
    .getByRole("button", { name: "Discard" })
    .click()
  await expect(result(page, "2 records discarded.")).toBeVisible()
  await expect(row(page, "Q-2")).toHaveCount(0)
}

async function restoreBoth(page: Page) {
  await page.getByText("Discarded", { exact: true }).click()
  await expect(page.getByRole("columnheader", { name: "Discarded" })).toBeVisible()
  await choose(page, "Invalid format: Q-2")
  await page.getByRole("button", { name: "Restore", exact: true }).click()
  await expect(result(page, "1 record restored.")).toBeVisible()
  await row(page, "Q-3").getByRole("button", { name: "Q-3" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Restore" }).click()
  await expect(result(page, "The record is open again.")).toBeVisible()
}

test("corrects, replays, discards and restores rejected records", async ({ page }) => {
  await rejectFive()
  await signIn(page)
  await page.goto(`${address()}/quarantine`)
  await correctOne(page)
  await discardTwo(page)
  await restoreBoth(page)
})

test("shows records in either order, in chosen columns, by terminal, and as a file", async ({ page }) => {
  await signIn(page)
  await page.goto(`${address()}/quarantine?code=invalid`)
  const first = page.getByRole("table").getByRole("row").nth(1)
  await expect(first).toContainText("Q-4")
  await page.getByRole("button", { name: "First received" }).click()
  await expect(page).toHaveURL(/order=asc/)
  await expect(first).toContainText("Q-2")
  await page.getByRole("button", { name: "View", exact: true }).click()
  await page.getByRole("menuitemcheckbox", { name: "Times sent" }).click()
  await expect(page.getByRole("columnheader", { name: "Times sent" })).toHaveCount(0)
  const downloading = page.waitForEvent("download")
  await page.getByRole("menuitem", { name: "Save as shown" }).click()
  const [head, ...rows] = readFileSync(await (await downloading).path(), "utf8")
    .trim()
    .split("\n")
  expect(head).toBe("Terminal,Reason,Kind,First received,Last received")
  expect(rows.map((line) => line.split(",").slice(0, 3))).toEqual(
    ["Q-2", "Q-3", "Q-4"].map((terminal) => [terminal, "Invalid format: at", "Heartbeat"]),
  )
  await page.getByText("By terminal").click()
  await page.getByRole("button", { name: "Q-3" }).click()
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2)
  await page.getByRole("button", { name: "Clear filters" }).click()

  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${address()}/quarantine`)
  const card = page.getByRole("article", { name: "Placeholder: unknown" })
  await expect(card).toContainText("Heartbeat")
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
