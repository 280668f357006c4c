import { expect, test, type Browser } from "@playwright/test"
import { faultsOf } from "./support/axe"
import { complaintsOf } from "./support/complaints"
import { fillDemo, signInToDemo, subjectsOf } from "./support/demo"
import { address } from "./support/journey"
import { foreignTexts } from "./support/language"
import { pathOf, templates, views } from "./support/pages"
import { wideTables } from "./support/wide-tables"

const redirects = /^\/(sign-in|inventory|settings|reports\/weekly|change-password)$/

const widths = [1280, 390] as const
/** One page is wide in English and narrow in Chinese, the next one the reverse. */
const looks = [
  { locale: "en-GB", language: "en", colorScheme: "light", first: 0 },
  { locale: "zh-CN", language: "zh", colorScheme: "dark", first: 1 },
] as const

/** Opens every page, and returns what is wrong: one line a fault. */
async function walk(
  browser: Browser,
  found: Record<string, string>,
  { locale, language, colorScheme, first }: (typeof looks)[number],
): Promise<string[]> {
  const widthOf = (i: number) => widths[(i + first) % widths.length] ?? widths[0]
  const viewport = { width: widthOf(0), height: 844 }
  const context = await browser.newContext({ locale, colorScheme, viewport })
  const page = await context.newPage()
  const complaints = await complaintsOf(page)
  await page.goto(`${address()}/sign-in`)
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  const faults = await faultsOf(page, [colorScheme])
  const titles: string[] = []
  await signInToDemo(page)
  for (const [i, template] of [...templates, ...views].entries()) {
    const width = widthOf(i)
    await page.setViewportSize({ width, height: viewport.height })
    const path = pathOf(template, found) ?? `add ${template} to subjectsOf()`
    const answer = await page.goto(`${address()}${path}`)
    expect(answer?.status(), path).toBe(200)
    await expect(page.getByRole("heading").first()).toBeVisible()
    const title = await page.title()
    expect([path, title]).toEqual([path, expect.stringMatching(/^.+ · Tillwatch$/)])
    if (!redirects.test(template) && !views.includes(template)) titles.push(title)
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width)
    faults.push(...(await wideTables(page)).map((name) => `${path} scrolls sideways: ${name}`))
    faults.push(...(await foreignTexts(page, language)).map((text) => `${path} language: ${text}`))
    faults.push(...(await faultsOf(page, [colorScheme])))
  }
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([])
  // Both change the page without loading it.
  await page.setViewportSize({ width: widths[0], height: viewport.height })
  await page.goto(address())
  await page.getByRole("button", { name: /^(Switch between light and dark|切换深色或浅色)$/ }).click()
  await page.getByRole("button", { name: /^(中文|English)$/ }).click()
  await expect(page.locator("html")).toHaveAttribute("lang", language === "zh" ? "en" : "zh-CN")
  await page.getByRole("link", { name: /^(Terminals|终端)$/ }).click()
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  await expect(page.getByText(language === "zh" ? "Kapok Coffee" : "木棉咖啡").first()).toBeVisible()
  await context.close()
  return [...faults, ...complaints]
}

test("pages speak one language, keep their policy, fit the screen and please axe", async ({ browser }) => {
  test.setTimeout(600_000)
  const found = await subjectsOf(fillDemo())
  // At once, because each keeps one core busy.
  const faults = await Promise.all(looks.map((look) => walk(browser, found, look)))
  expect(faults.flat()).toEqual([])
})
