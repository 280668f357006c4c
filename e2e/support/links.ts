import type { Page } from "@playwright/test"

/** Links of one kind lead to the same page: only the first is followed. */
const kindOf = (href: string) => href.replaceAll(/\d+/g, "0").replaceAll(/=[^&]*/g, "=")

/** The links of a page to pages and files of Tillwatch, of kinds that are not `known` yet. */
export async function newLinks(page: Page, known: Set<string>): Promise<string[]> {
  const hrefs = await page
    .locator('a[href^="/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))
  return hrefs.filter((href) => {
    const isNew = !known.has(kindOf(href))
    known.add(kindOf(href))
    return isNew
  })
}

/** Which links of a page its user cannot open: they are refused, or lead to the first page instead. */
export async function deadLinks(page: Page, hrefs: readonly string[]): Promise<string[]> {
  const from = new URL(page.url()).pathname
  const dead: string[] = []
  for (const href of hrefs) {
    const at = new URL(href, page.url())
    const answer = await page.request.get(at.href)
    const isElsewhere = new URL(answer.url()).pathname === "/" && at.pathname !== "/"
    if (!answer.ok() || isElsewhere) dead.push(`${from} links to ${href}, which answers ${answer.status()}`)
  }
  return dead
}
