import fc from "fast-check"
import { expect, test } from "vitest"
import { factsOfRows } from "@/lib/intake/imports/mapping/column-facts"

const valuesOf = (texts: readonly string[]) =>
  factsOfRows(
    ["Code"],
    texts.map((text) => ({ Code: text })),
  )["Code"]?.values

test("all codes of a column are known, up to a thousand, and up to 200 longer texts", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1100 }), fc.boolean(), (count, isLong) => {
      const texts = Array.from({ length: count }, (_, i) => `${isLong ? "a longer text " : "C"}${i}`)
      const values = valuesOf([...texts, ...texts.slice(0, 3)])
      const counted = texts.map((text, i) => [text, i < 3 ? 2 : 1])
      expect(values).toEqual(count > (isLong ? 200 : 1000) ? null : counted)
    }),
    { numRuns: 30 },
  )
})

test("one longer text among many codes is one too many", () => {
  const codes = Array.from({ length: 201 }, (_, i) => `C${i}`)
  expect(valuesOf(codes)).toHaveLength(201)
  expect(valuesOf([...codes, "a longer text"])).toBeNull()
  expect(valuesOf([...codes.slice(0, 199), "a longer text"])).toHaveLength(200)
})
