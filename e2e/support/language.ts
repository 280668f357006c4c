import type { Page } from "@playwright/test"

/** Words of a Chinese page that are written in Latin letters everywhere: names, units, formats. */
const international = new Set(
  [
    "Tillwatch Excel Windows Shift Node Python Linux Chrome HeadlessChrome Chromium",
    "Android OpenAPI App Wi-Fi",
    "dBm min Admin Bearer Execute Authorize unknown none yes no Example ID Jing'an",
    "http groups Level unassigned",
    "lakala shengpay ums ms unionpay amex checkout discover mastercard square visa curl",
  ].flatMap((line) => line.split(" ")),
)

/**
 * Texts of the page that are in the other language: with Chinese characters on an English page, with words in
 * Latin letters on a Chinese one. Code and parts marked with a language of their own do not count.
 */
export async function foreignTexts(page: Page, language: "en" | "zh"): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const apart = "code, pre, script, style, noscript, textarea, .swagger-ui, [lang]:not(html)"
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest(apart)) found.push(node.textContent ?? "")
    // What is inside a picture is not read out; the library of charts names its icons in English.
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]"))
      if (!element.closest(apart) && !element.parentElement?.closest("[role=img]"))
        for (const name of ["aria-label", "placeholder", "title", "alt"])
          found.push(element.getAttribute(name) ?? "")
    // The names of the languages to choose from.
    return [document.title, ...found].filter((text) => !["中文", "English"].includes(text))
  })
  if (language === "en")
    return texts.filter((text) => /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u.test(text))
  return texts.filter((text) =>
    text
      // Identifiers, addresses and emails have digits, dots and the like.
      .split(/[\s（）()，。：；、“”·,:]+/)
      .some((word) => /^[A-Z]?[a-z'’-]{2,}$/.test(word) && !word.includes("-") && !international.has(word)),
  )
}
