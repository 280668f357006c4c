import { AxeBuilder } from "@axe-core/playwright"
import type { Page } from "@playwright/test"

const longestElement = 160

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
/** Rules whose result depends on colours. */
const ofColours = ["color-contrast", "link-in-text-block"]

type Scheme = "light" | "dark"

/** What axe finds on the page by the rules of WCAG 2.2 AA, in these colour schemes: one line an element. */
export async function faultsOf(
  page: Page,
  colorSchemes: readonly Scheme[] = ["light", "dark"],
): Promise<string[]> {
  const faults: string[] = []
  for (const colorScheme of colorSchemes) {
    await page.emulateMedia({ colorScheme })
    const drawn = `html[data-mantine-color-scheme=${colorScheme}]`
    // The help page has no scheme of its own.
    await page.locator(`${drawn}, html:not([data-mantine-color-scheme])`).waitFor()
    const path = new URL(page.url()).pathname
    const runOnly = colorScheme === colorSchemes[0] ? wcag : ofColours
    const { violations } = await new AxeBuilder({ page })
      .options({ runOnly, resultTypes: ["violations"] })
      // Does not open another window for each page.
      .setLegacyMode()
      .analyze()
    const where = `${path} ${colorScheme}`
    for (const { id, nodes } of violations)
      for (const { html, any } of nodes)
        faults.push(`${where} ${id}: ${html.slice(0, longestElement)} ${any[0]?.message ?? ""}`)
  }
  return faults
}
