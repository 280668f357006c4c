import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { FactsGatherer } from "@/lib/intake/imports/mapping/column-facts"
import { decimalMarkOf } from "@/lib/intake/imports/mapping/decimal-mark"
import { readAmount } from "@/lib/intake/imports/mapping/read-amount"
import { currencyOf } from "@/lib/intake/imports/mapping/read-currency"
import type { DecimalMark } from "@/lib/intake/imports/words"

/** Reads a column; its decimal mark is detected from all cells. */
function read(cells: readonly string[], digits = 2, isMinor = false) {
  const gatherer = new FactsGatherer()
  for (const cell of cells) gatherer.add([cell])
  const amounts = gatherer.factsOf(["a"])["a"]?.amounts
  const mark = amounts && decimalMarkOf({ amounts, digits: [digits], isWorkbook: false })
  return mark === "open"
    ? "open"
    : cells.map((cell) => readAmount(cell, { digits: isMinor ? 0 : digits, mark, isMinor }))
}

type Way = {
  mark: DecimalMark
  group: string
  sign: (text: string) => string
  around: (text: string) => string
}

const ways: fc.Arbitrary<Way> = fc.record({
  mark: fc.constantFrom<DecimalMark>("point", "comma"),
  group: fc.constantFrom("", "same", " ", "\u00A0", "\u202F", "'"),
  sign: fc.constantFrom(
    (text: string) => `-${text}`,
    (text: string) => `\u2212${text}`,
    (text: string) => `(${text})`,
    (text: string) => `${text}-`,
    (text: string) => `－${text}`,
  ),
  around: fc.constantFrom(
    (text: string) => text,
    (text: string) => `€${text}`,
    (text: string) => `${text} EUR`,
    (text: string) => `$ ${text}`,
    (text: string) => `${text}元`,
  ),
})

function written(minor: number, digits: number, { mark, group, sign, around }: Way): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, "0")
  const [whole, fraction] = digits === 0 ? [text, ""] : [text.slice(0, -digits), text.slice(-digits)]
  const between = group === "same" ? (mark === "point" ? "," : ".") : group
  const parted = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, between)
  const plain = digits === 0 ? parted : `${parted}${mark === "point" ? "." : ","}${fraction}`
  return minor < 0 ? sign(around(plain)) : around(plain)
}

describe("a column of amounts", () => {
  test("is read as written in any usual notation and currency, or its decimal mark is asked for", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(0, 2, 3),
        ways,
        (minors, digits, way) => {
          const cells = minors.map((minor) => written(minor, digits, way))
          const found = read(cells, digits)
          // With fewer than three decimals, every cell shows its own decimal mark.
          expect(found).toEqual(found === "open" && digits === 3 ? "open" : minors)
        },
      ),
      { numRuns: 300 },
    ))

  test.each([
    [["2.500", "7,5"], 2, [250_000, 750]],
    [["2.500", "12.50"], 2, [250, 1250]],
    [["3,400", "500"], 2, [340_000, 50_000]],
    [["3,400"], 0, [3400]],
    [["2.375", "3.400"], 3, [2375, 3400]],
    [["2.375", "500"], 3, "open"],
    [["1.250", "3.400"], 2, "open"],
    [["1,234,567"], 2, [123_456_700]],
    [["1,23,456.00"], 2, [12_345_600]],
    [["59.97000000000001", "59.969999999999999"], 2, [5997, 5997]],
    [["12.345", "1.2"], 2, [null, 120]],
    [["1.5E+03", "12.50"], 2, [null, 1250]],
    [["12.50 CR", "12.50"], 2, [null, 1250]],
    [["1.234,5", "1,234.5"], 2, [123_450, 123_450]],
  ])("%j with %i decimals is %j", (cells, digits, minors) => expect(read(cells, digits)).toEqual(minors))

  test("in minor units has whole numbers", () =>
    expect(read(["1250", "1250分", "12.50", "1,250"], 2, true)).toEqual([1250, 1250, null, 1250]))
})

test.each([
  ["752", "SEK"],
  ["36", "AUD"],
  ["usd", "USD"],
  ["英镑", "GBP"],
  ["人民币", "CNY"],
  ["ＣＮＹ", "CNY"],
  ["€", "EUR"],
  ["$", null],
  ["xyz", null],
])("the currency %s is %s", (text, code) => expect(currencyOf(text)).toBe(code))
