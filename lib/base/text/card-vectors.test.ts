import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { cardRanges } from "@/lib/base/text/card-ranges"
import { holdsPan, maskPans, takePan } from "@/lib/base/text/pan"

// Well-known test numbers, and one number for each range with a valid check digit.

const withCheckDigit = (body: string): string => {
  const sum = [...body].toReversed().reduce((total, digit, i) => {
    const doubled = i % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return body + ((10 - (sum % 10)) % 10)
}

const digits = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((all) => all.join(""))

/** A card number of any range and length. */
const card = fc
  .constantFrom(...cardRanges)
  .chain(({ from, to, lengths }) =>
    fc
      .tuple(fc.integer({ min: from, max: to }), fc.constantFrom(...lengths))
      .chain(([prefix, length]) =>
        digits(length - 1 - String(prefix).length).map((rest) => withCheckDigit(`${prefix}${rest}`)),
      ),
  )

const known = "4111111111111111"
const groups = (separator: string) => known.match(/.{4}/g)?.join(separator) ?? ""
const spelled = (zero: number) =>
  [...known].map((digit) => String.fromCodePoint(zero + Number(digit))).join("")

test("finds and masks a number of every range and length", () => {
  fc.assert(
    fc.property(card, (number) => {
      expect(holdsPan(number)).toBe(true)
      expect(takePan(number)).toEqual({
        text: number.slice(0, 6) + "*".repeat(number.length - 10) + number.slice(-4),
        pan: number,
      })
    }),
  )
})

test.each([
  ["UnionPay 62", "6205500000000000004"],
  ["UnionPay 95", withCheckDigit("955880000000000000")],
  ["Diners Club 3095", withCheckDigit("3095000000000")],
  ["Diners Club of 14 digits", "30569309025904"],
  ["JCB 2131", withCheckDigit("21310000000000")],
  ["JCB 1800", withCheckDigit("18000000000000")],
  ["RuPay 82", withCheckDigit("820000000000000")],
  ["RuPay 508", withCheckDigit("508500000000000")],
  ["UzCard", withCheckDigit("860000000000000")],
  ["Humo", withCheckDigit("986000000000000")],
  ["Napas", withCheckDigit("970400000000000000")],
  ["Maestro of 12 digits", withCheckDigit("50180000000")],
  ["UATP", withCheckDigit("13540000000000")],
  ["Mir", "2200000000000004"],
  ["Troy", withCheckDigit("979200000000000")],
  ["Elo", "6362970000457013"],
  ["Verve", "5060666666666666666"],
])("recognises %s", (_name, number) => expect(holdsPan(number)).toBe(true))

test.each([
  ["blanks", groups(" ")],
  ["two blanks", groups("  ")],
  ["tabs", groups("\t")],
  ["dashes with blanks", groups(" - ")],
  ["dots", groups(".")],
  ["middle dots", groups("·")],
  ["slashes", groups("/")],
  ["underscores", groups("_")],
  ["other connectors", groups("\u203F")],
  ["thin spaces", groups("\u2009")],
  ["narrow no-break spaces", groups("\u202F")],
  ["zero-width spaces", groups("\u200B")],
  ["zero-width joiners everywhere", [...known].join("\u200D")],
  ["a byte order mark", groups("\uFEFF")],
  ["soft hyphens", groups("\u00AD")],
  ["control characters", groups("\u0001")],
  ["NUL", groups("\0")],
  ["line breaks", groups("\n")],
  ["a blank after every digit", [...known].join(" ")],
  ["other groups", "411111 1111 111111"],
  ["two halves", "41111111-11111111"],
  ["full-width digits", spelled(0xff10)],
  ["Arabic-Indic digits", spelled(0x660)],
  ["Persian digits", spelled(0x6f0)],
  ["Devanagari digits", spelled(0x966)],
  ["mathematical bold digits", spelled(0x1d7ce)],
  ["mathematical monospace digits", spelled(0x1d7f6)],
  ["segmented digits", spelled(0x1fbf0)],
  ["superscript digits", "⁴¹¹¹¹¹¹¹¹¹¹¹¹¹¹¹"],
  ["digits in circles", "④⑪⑪⑪⑪⑪⑪⑪①"],
  ["keycaps", [...known].map((digit) => `${digit}\uFE0F\u20E3`).join("")],
  ["an exponent", "4.111111111111111e15"],
  ["a large exponent sign", "4.111111111111111E+15"],
  ["a negative exponent", "41111111111111110e-1"],
  ["a fraction", "4111111111111111.00"],
  ["zeros before it", `0000${known}`],
  ["zeros behind it", `${known}0000`],
  ["its expiry behind it", `${known}2512`],
  ["its expiry the other way round", `${known}1225`],
  ["its service code behind it", `${known}201`],
  ["a magnetic stripe's digits", `${known}25122010000012345`],
  ["a magnetic stripe", `;${known}=25122010000012345?`],
  ["a magnetic stripe's first track", `%B${known}^LI/LEI^2512201000?`],
  ["an odd group before it", `12 ${groups(" ")}`],
  ["an odd group behind it", `${groups("-")} 123`],
  ["odd groups around it", `7/${groups("-")}/20261124`],
  ["an odd grouping beside a date", "2512/411111-1111111111"],
  ["a digit and a point before it", `1.${known}`],
  ["letters around it", `card${known}x`],
])("finds a card number with %s, and masks it completely", (_name, text) => {
  expect(holdsPan(text)).toBe(true)
  expect(holdsPan(JSON.stringify({ text }), { json: true })).toBe(true)
  const masked = maskPans(text)
  expect(masked).toContain("*")
  expect(holdsPan(masked)).toBe(false)
})

describe("in JSON", () => {
  test.each([
    ["a number", `{"n":${known}}`],
    ["a number that a double rounds to it", '{"n":4111111111111110.99999999}'],
    ["a key", `{"${known}":1}`],
    [
      "escaped mathematical digits",
      `{"n":"${spelled(0x1d7ce).replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`)}"}`,
    ],
    ["escaped slashes", `{"n":"${groups("\\/")}"}`],
    ["escaped tabs", `{"n":"${groups("\\t")}"}`],
  ])("%s is found", (_name, json) => expect(holdsPan(json, { json: true })).toBe(true))
})

describe("not a card number:", () => {
  test.each([
    ["a version", "5.0.1.20261124.4"],
    ["a position", "31.23041666666667"],
    ["a position in Shanghai", "121.4222222222222"],
    ["a position in Shanghai, in JSON from CSV", '{"lon":"-121.4222222222222"}'],
    ["a day and a time", "30.11.2026 093000"],
    ["a terminal number and a day", "62123456-20261124"],
    ["an IP address", "41.111.111.111"],
    ["a retrieval reference number of 2026", "633409123456"],
    ["a barcode of China", withCheckDigit("690123456789")],
    ["a telephone number of China", "+86 139 1234 5678"],
    ["an IMSI", "460001234567890"],
    ["a number around one", `9${known}9999999`],
  ])("%s", (_name, text) => expect(holdsPan(text)).toBe(false))

  test("a UUID", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(holdsPan(JSON.stringify({ id, before: 1 }), { json: true })).toBe(false)
      }),
      { numRuns: 5_000 },
    )
  })
})

/** The same numbers in every test run. */
function randomDigits(seed: number): (count: number) => string {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * 10)
  }
  return (count) => Array.from({ length: count }, next).join("")
}

test("refuses at most one in a thousand order numbers with 20 to 32 digits", () => {
  const random = randomDigits(7)
  const count = 40_000
  for (const beginning of ["", "20261124", "4200", "10"]) {
    const refused = Array.from(
      { length: count },
      (_, i) => beginning + random(20 + (i % 13) - beginning.length),
    ).filter((order) => holdsPan(order))
    expect(refused.length / count).toBeLessThanOrEqual(0.001)
  }
})
