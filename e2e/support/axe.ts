import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "@playwright/test"

const longestElement = 160

/**
 * What axe finds on the page in both colour schemes: one line an element. All rules, so WCAG 2.2 AA and what
 * axe calls best practices.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = []
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
    const { violations } = await new AxeBuilder({ page })
      .options({ resultTypes: ["violations"] })
      // Does not open another window for each page.
      .setLegacyMode()
      .analyze()
    const where = `${new URL(page.url()).pathname} ${colorScheme}`
    for (const { id, nodes } of violations)
      for (const { html, any } of nodes)
        faults.push(`${where} ${id}: ${html.slice(0, longestElement)} ${any[0]?.message ?? ""}`)
  }
  return faults
}
