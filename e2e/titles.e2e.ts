import { readdirSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { address, signIn } from "./support/journey"

const pagesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? pagesBelow(join(folder, entry.name))
      : entry.name === "page.tsx"
        ? [folder.replace(/^app\/\(dashboard\)/, "") || "/"]
        : [],
  )

/** Pages whose title names an object, which must exist, and pages that redirect. */
const others = /\[id\]$|^\/(inventory|settings|reports\/weekly)$/

test("every page has a title of its own, in the reader's language", async ({ page }) => {
  await signIn(page)
  const pages = pagesBelow("app/(dashboard)")
    .filter((path) => !others.test(path))
    .map((path) => path.replace("[week]", "2026-W40"))
  expect(pages.length).toBeGreaterThan(15)
  const seen = new Map<string, string>()
  for (const language of ["en", "zh"]) {
    for (const path of pages) {
      const response = await page.request.get(`${address()}${path}`, {
        headers: { "accept-language": language },
      })
      expect([path, response.status()]).toEqual([path, 200])
      const title = /<title>([^<]*) · Tillwatch<\/title>/.exec(await response.text())?.[1] ?? ""
      expect([path, title]).toEqual([path, expect.stringMatching(/./)])
      expect([title, path, seen.get(title)]).toEqual([title, path, undefined])
      seen.set(title, `${language} ${path}`)
    }
  }
})
