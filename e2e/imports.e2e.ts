import { expect, test, type Page } from "@playwright/test"
import { address, signIn } from "./support/journey"

const file = [
  "Sales of November",
  "",
  "Terminal ID;Transaction time;Transaction ID;Status;Amount;Response code",
  "E1;05/11/2025 08:00:00;e1-1;Approved;1.250;00",
  "E1;06/11/2025 08:01:00;e1-2;Settled by clerk;3.400;77Z",
  "E1;07/11/2025 08:02:00;e1-3;Approved;2.100;00",
].join("\r\n")

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click()
  await page.getByRole("option", { name: option }).click()
}

test("a file that leaves things open is asked about before it can be started", async ({ page }) => {
  await signIn(page)
  await page.goto(`${address()}/imports`)
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "sales.csv", mimeType: "text/csv", buffer: Buffer.from(file) })
  const start = page.getByRole("button", { name: "Import 3 rows" })
  await expect(page.getByText("Not in the code table: 77Z (1 row)")).toBeVisible()
  await expect(start).toBeDisabled()

  await choose(page, "Dates such as 05/11/2026", "Day first (5 November)")
  await choose(page, "Decimals in amounts", "Comma: 1.234,50")
  await choose(page, "Meaning of “Settled by clerk”", "Approved")
  await expect(page.getByRole("cell", { name: "1,250.00" })).toBeVisible()
  await start.click()
  await expect(page.getByText("Processed all 3 rows.")).toBeVisible()
})
