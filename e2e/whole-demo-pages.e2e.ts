import { expect, test } from "@playwright/test"
import { faultsOf } from "./support/axe"
import { complaintsOf } from "./support/complaints"
import { fillDemo, signInToDemo, subjectsOf } from "./support/demo"
import { address } from "./support/journey"
import { foreignTexts } from "./support/language"
import { pathOf, templates } from "./support/pages"

const redirects = /^\/(sign-in|inventory|settings|reports\/weekly|change-password)$/

for (const { locale, language, colorScheme, width } of [
  { locale: "en-GB", language: "en", colorScheme: "light", width: 1280 },
  { locale: "zh-CN", language: "zh", colorScheme: "dark", width: 390 },
] as const) {
  test(`pages speak one language, keep their policy, fit the screen and please axe (${locale})`, async ({
    browser,
  }) => {
    test.setTimeout(600_000)
    const found = await subjectsOf(fillDemo())
    const page = await (
      await browser.newContext({ locale, colorScheme, viewport: { width, height: 844 } })
    ).newPage()
    const complaints = await complaintsOf(page)
    const faults: string[] = []
    const titles: string[] = []
    await page.goto(`${address()}/sign-in`)
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    faults.push(...(await faultsOf(page)))
    await page.emulateMedia({ colorScheme })
    await signInToDemo(page)
    for (const template of templates) {
      const path = pathOf(template, found) ?? `add ${template} to subjectsOf()`
      const answer = await page.goto(`${address()}${path}`)
      expect(answer?.status(), path).toBe(200)
      await expect(page.getByRole("heading").first()).toBeVisible()
      const title = await page.title()
      expect([path, title]).toEqual([path, expect.stringMatching(/^.+ · Tillwatch$/)])
      if (!redirects.test(template)) titles.push(title)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width)
      faults.push(...(await foreignTexts(page, language)).map((text) => `${path} language: ${text}`))
      faults.push(...(await faultsOf(page)))
    }
    expect(faults).toEqual([])
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([])
    // Both change the page without loading it.
    await page.setViewportSize({ width: 1280, height: 844 })
    await page.goto(address())
    await page.getByRole("button", { name: /^(Switch between light and dark|切换深色或浅色)$/ }).click()
    await page.getByRole("button", { name: /^(中文|English)$/ }).click()
    await expect(page.locator("html")).toHaveAttribute("lang", locale === "zh-CN" ? "en" : "zh-CN")
    await page.getByRole("link", { name: /^(Terminals|终端)$/ }).click()
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    await expect(page.getByText(language === "zh" ? "Kapok Coffee" : "木棉咖啡").first()).toBeVisible()
    expect(complaints).toEqual([])
  })
}
