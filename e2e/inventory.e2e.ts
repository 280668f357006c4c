import { expect, test, type Page } from "@playwright/test"
import { address, signIn } from "./support/journey"

test.describe.configure({ mode: "serial" })

const count = 500
const header = ["序列号", "终端号", "收单机构", "型号", "状态", "商户名称", "区域", "门店编号", "门店名称"]
type Line = string[]
const good: Line[] = Array.from({ length: count }, (_, i) => [
  `INV${String(i).padStart(4, "0")}`,
  `7${String(i).padStart(7, "0")}`,
  "lakala",
  `P${i % 3}`,
  "在用",
  "Example Chain",
  i % 2 === 0 ? "East" : "West",
  `X${i % 40}`,
  `Example ${i % 40}`,
])
/** Three mistakes: an unknown status, a TID twice and a serial number twice. */
const bad = good.map((line, i): Line => {
  if (i === 17) return line.with(4, "坏了")
  if (i === 230) return line.with(1, "70000002")
  return i === 499 ? line.with(0, "INV0009") : line
})
const fileOf = (lines: Line[]) => Buffer.from([header, ...lines].map((line) => line.join(",")).join("\r\n"))

async function tryFile(page: Page, lines: Line[]): Promise<void> {
  await page.goto(`${address()}/terminals`)
  await page.getByRole("link", { name: "Import", exact: true }).click()
  await expect(page.getByRole("heading", { name: "Imports" })).toBeVisible()
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "terminals.csv", mimeType: "text/csv", buffer: fileOf(lines) })
  await page.getByRole("button", { name: `Dry run of ${count} rows` }).click()
  await expect(page.getByText("Nothing has been written.")).toBeVisible()
}
const outcome = (page: Page, name: string) => page.getByRole("radio", { name, exact: true })

test("imports five hundred terminals, and reports the three wrong rows", async ({ page }) => {
  await signIn(page)
  await tryFile(page, bad)
  for (const reason of [
    "Unknown status “坏了”.",
    "Row 4 of the file has the same TID 70000002.",
    "Row 11 of the file has the same serial number.",
  ]) {
    await expect(page.getByRole("cell", { name: reason })).toBeVisible()
  }
  await page.getByText("Would create 497").click()
  await page.getByRole("button", { name: "Next page" }).click()
  await expect(page.getByRole("cell", { name: "INV0051", exact: true })).toBeVisible()
  expect(await countTerminals(page)).toBe(0)
  await page.getByRole("button", { name: "Import 497 rows" }).click()
  await expect(outcome(page, "Created 497")).toBeAttached()
  expect(await countTerminals(page)).toBe(497)
})

test("imports only the three corrected rows when the file is imported again", async ({ page }) => {
  await signIn(page)
  await tryFile(page, good)
  await expect(outcome(page, "Would create 3")).toBeAttached()
  await expect(outcome(page, "Unchanged 497")).toBeAttached()
  await page.getByRole("button", { name: "Import 3 rows" }).click()
  await expect(outcome(page, "Created 3")).toBeAttached()
  await expect(outcome(page, "Errors 0")).toBeAttached()
  expect(await countTerminals(page)).toBe(count)
})

test("a swap changes only the two terminals in the export", async ({ page }) => {
  await signIn(page)
  const headers = { origin: address() }
  const old = await terminalOf(page, "INV0100")
  const added = await page.request.post(`${address()}/api/v1/terminals`, {
    headers,
    data: { serial: "INV0500", store: old.store.id, status: "spare" },
  })
  expect(added.status()).toBe(200)
  const { id: replacement } = await terminalOf(page, "INV0500")
  const swap = await page.request.post(`${address()}/api/v1/terminals/${old.id}/swap`, {
    headers,
    data: { replacement, oldStatus: "in_repair" },
  })
  expect(swap.status()).toBe(200)
  const csv = await (await page.request.get(`${address()}/api/v1/terminals/export?format=csv&q=INV`)).text()
  const [names = "", ...exported] = csv.replace("\uFEFF", "").trimEnd().split("\n")
  const column = (name: string) => names.split(",").indexOf(name)
  const shown = exported
    .map((line) => line.split(","))
    .map((cells) =>
      ["serial", "tid", "acquirer", "model", "status", "merchant", "region", "store", "storeName"].map(
        (name) => cells[column(name)] ?? "",
      ),
    )
  const place = good[100] ?? []
  const expected = good.map((line, i) => {
    const active = line.with(4, "active")
    if (i === 100) return active.with(1, "").with(2, "").with(4, "in_repair")
    return active
  })
  expect(shown).toEqual([...expected, ["INV0500", place[1], "lakala", "", "active", ...place.slice(5)]])
})

type Listed = { id: number; serial: string; store: { id: number } }

const terminalOf = async (page: Page, serial: string): Promise<Listed> => {
  const response = await page.request.get(`${address()}/api/v1/terminals?q=${serial}`)
  const { data } = (await response.json()) as { data: Listed[] }
  const found = data.find((row) => row.serial === serial)
  if (!found) throw new Error(`no terminal ${serial}`)
  return found
}

async function countTerminals(page: Page): Promise<number> {
  const response = await page.request.get(`${address()}/api/v1/terminals?q=INV&limit=1`)
  return ((await response.json()) as { total: number }).total
}
