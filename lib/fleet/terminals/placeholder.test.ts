import fc from "fast-check"
import { expect, test } from "vitest"
import { nameKey } from "@/lib/fleet/terminals/name-key"
import { placeholderTest } from "@/lib/fleet/terminals/placeholder"

const isPlaceholder = placeholderTest(null)

test.each([
  "Unknown",
  "null",
  "000000000000000",
  "0",
  "00-00",
  "Default string",
  "N/A",
  " NONE ",
  "１２３４５６７８９",
  "To be filled by O.E.M.",
  "未知",
])("treats %j as a placeholder", (name) => expect(isPlaceholder(name)).toBe(true))

test.each(["H21-REAL", "88888888", "10000000", "0000000001", "12345678", "NULL7", "Nano-1", "1"])(
  "accepts %j as a serial number",
  (name) => expect(isPlaceholder(name)).toBe(false),
)

test("compares an organisation's own placeholders like names", () => {
  expect(placeholderTest(["test-1"])("ＴＥＳＴ-1")).toBe(true)
  expect(placeholderTest(["test-1"])("test-11")).toBe(false)
})

const wide = (text: string) =>
  text.replaceAll(/[!-~]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))

test("ignores a placeholder's case, width and surrounding blanks", () => {
  const word = fc.constantFrom("unknown", "n/a", "none", "null", "123456789", "0000000")
  const spelling = fc.constantFrom<((text: string) => string)[]>(
    (text) => text.toUpperCase(),
    (text) => `  ${text}\u00A0`,
    (text) => wide(text),
    (text) => text,
  )
  fc.assert(
    fc.property(word, spelling, (text, as) => {
      expect(isPlaceholder(as(text))).toBe(true)
    }),
  )
})

test("accepts serial numbers that name something", () => {
  const serial = fc
    .tuple(fc.stringMatching(/^[A-Z]{1,3}[1-9]$/), fc.stringMatching(/^\d{4,12}$/))
    .map((parts) => parts.join(""))
  fc.assert(
    fc.property(serial, (name) => {
      expect(isPlaceholder(name)).toBe(false)
    }),
  )
})

test("the key of a key is the same key", () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(nameKey(nameKey(name))).toBe(nameKey(name))
    }),
  )
})

test("the key of any name is NFKC, trimmed, with ASCII in lower case", () => {
  const name = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.stringMatching(/^[!-~]{1,20}$/))
  fc.assert(
    fc.property(name, (text) => {
      const plain = text.normalize("NFKC").trim()
      expect(nameKey(text)).toBe(plain.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()))
    }),
  )
})
