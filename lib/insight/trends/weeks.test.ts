import { expect, test } from "vitest"
import { mergeWeeks, withCounters, type Week } from "@/lib/insight/trends/weeks"

const none = { battery: null, storage: null, signal: null, printerLines: null, chipReads: null }
const added = (lines: (number | null)[]): Week[] =>
  lines.map((printerLines, i) => ({ ...none, week: `2026-11-0${i + 1}`, printerLines }))
const linesOf = (weeks: Week[]) => weeks.map(({ printerLines }) => printerLines)

test("a counter at the end of each week is what it shows now without what came later", () => {
  const weeks = withCounters(added([10, 20, 30]), { printerLines: 1_000, chipReads: null })
  expect(linesOf(weeks)).toEqual([950, 970, 1_000])
})

test("before a counter began anew it is not known", () => {
  const weeks = withCounters(added([10, 20, 30]), { printerLines: 40, chipReads: null })
  expect(linesOf(weeks)).toEqual([null, 10, 40])
})

test("weeks that are read again replace what was known, and the week that goes on is left out", () => {
  const known = added([1, 2, 3])
  const read = added([0, 0, 8, 9, 10]).slice(2)
  expect(linesOf(mergeWeeks(known, read, "2026-11-04"))).toEqual([1, 2, 8, 9])
})
