import type { Page } from "@playwright/test"

/** Opens a page and returns how much its layout shifts until it is loaded (cumulative layout shift). */
export async function shiftOf(page: Page, path: string): Promise<number> {
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        document.documentElement.dataset["shift"] = String(
          Number(document.documentElement.dataset["shift"] ?? 0) +
            ("value" in entry ? Number(entry.value) : 0),
        )
    }).observe({ type: "layout-shift", buffered: true })
  })
  await page.goto(path)
  await page.waitForLoadState("networkidle")
  return Number(await page.evaluate(() => document.documentElement.dataset["shift"] ?? 0))
}
