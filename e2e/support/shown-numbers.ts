import type { Page } from "@playwright/test"
import { shownShare } from "@/lib/base/statistics/shown-share"

const months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
/** Texts with digits that are no numbers of an answer: dates, times, ages, weeks. */
const notCounted = [
  new RegExp(`\\d{1,2}( (${months}))?( \\d{4})? – \\d{1,2} (${months}) \\d{4}`, "g"),
  new RegExp(`\\d{1,2} (${months})( \\d{4})?(, \\d\\d:\\d\\d(:\\d\\d)?)?`, "g"),
  /\d{4}-(W\d\d|\d\d-\d\d)/g,
  /\d\d:\d\d(:\d\d)?/g,
  /(in )?\d+ (second|minute|hour|day|week|month|year)s?( ago)?/g,
  /[\d,]+ (h|min|s)\b/g,
]

/**
 * The numbers that the page shows in its main part, as written: 1,044 and 8.91%. The scales of charts do not
 * count, nor does "less than".
 */
export async function shownNumbers(page: Page): Promise<string[]> {
  const texts = await page.locator("#content").evaluate((main) => {
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    const blocks = new Map<Element, string>()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      if (!parent?.checkVisibility() || parent.closest("code, input, select, style, svg")) continue
      blocks.set(parent, `${blocks.get(parent) ?? ""}${node.textContent ?? ""}`)
    }
    return [...blocks.values()]
  })
  return texts.flatMap((text) => {
    const counted = notCounted.reduce((left, pattern) => left.replaceAll(pattern, " "), text)
    return counted.match(/(?<![\w.<])\d+(,\d{3})*(\.\d+)*%?/g) ?? []
  })
}

const percents = (share: number): string[] =>
  [0, 1, 2].map((decimals) => `${(100 * shownShare(share, decimals).share).toFixed(decimals)}%`)

/**
 * All ways in which screens write the numbers of these answers: counts, shares as percent, amounts, the
 * lengths of lists and the digits of names.
 */
export function writtenNumbers(answers: readonly unknown[]): Set<string> {
  const written = new Set<string>()
  const write = (signed: number) => {
    const value = Math.abs(signed)
    written.add(value.toLocaleString("en-GB"))
    for (const maximumFractionDigits of [0, 1, 2])
      for (const minimumFractionDigits of [0, maximumFractionDigits])
        written.add(value.toLocaleString("en-GB", { minimumFractionDigits, maximumFractionDigits }))
    written.add(value.toLocaleString("en-GB", { minimumSignificantDigits: 2, maximumSignificantDigits: 2 }))
    written.add(String(value))
    if (value >= 0 && value <= 1) for (const text of percents(value)) written.add(text)
    if (value > 0 && value < 100) written.add(`${value}%`).add(`${Math.round(value)}%`)
  }
  const read = (value: unknown, key = ""): void => {
    if (typeof value === "number") {
      write(value)
      if (key.endsWith("Minor"))
        written.add((value / 100).toLocaleString("en-GB", { minimumFractionDigits: 2 }))
    } else if (typeof value === "string")
      for (const digits of value.match(/\d[\d.,]*/g) ?? []) written.add(digits)
    if (typeof value !== "object" || value === null) return
    const { failures, deviceFailures = failures, attempts } = value as Record<string, unknown>
    if (typeof deviceFailures === "number" && typeof attempts === "number" && attempts > 0)
      for (const text of percents(deviceFailures / attempts)) written.add(text)
    const { lost, total } = value as Record<string, unknown>
    if (typeof lost === "object" && lost !== null && typeof total === "number" && total > 0)
      for (const part of Object.values(lost).map(Number))
        for (const text of percents(part / total)) written.add(text)
    if (Array.isArray(value)) write(value.length)
    for (const [name, inner] of Object.entries(value)) read(inner, name)
  }
  for (const answer of answers) read(answer)
  return written
}
