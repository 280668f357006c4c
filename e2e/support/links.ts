import type { Page } from "@playwright/test"

/** Links of one kind lead to the same page: only the first is followed. */
const kindOf = (href: string) => href.replaceAll(/\d+/g, "0").replaceAll(/=[^&]*/g, "=")

/**
 * The links of a page to pages and files of Tillwatch that do not open for its user: they are refused, or
 * lead to the first page instead. `known` are the kinds of links that were followed before.
 */
export async function deadLinks(page: Page, known: Set<string>): Promise<string[]> {
  const hrefs = await page
    .locator('a[href^="/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))
  const dead: string[] = []
  for (const href of hrefs) {
    const kind = kindOf(href)
    if (known.has(kind)) continue
    known.add(kind)
    const at = new URL(href, page.url())
    const answer = await page.request.get(at.href)
    const isElsewhere = new URL(answer.url()).pathname === "/" && at.pathname !== "/"
    if (!answer.ok() || isElsewhere)
      dead.push(`${new URL(page.url()).pathname} links to ${href}, which answers ${answer.status()}`)
  }
  return dead
}
