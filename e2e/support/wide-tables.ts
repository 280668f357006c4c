import type { Page } from "@playwright/test"

/** Small tables that scroll sideways. A matrix may, because its rows are compared with each other. */
export const wideTables = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("main .mantine-ScrollArea-viewport:has(table:not([data-matrix]))")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map((frame) => frame.querySelector("table")?.getAttribute("aria-label") ?? "a table"),
  )
