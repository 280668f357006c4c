import { expect, test } from "vitest"
import {
  completed,
  mergeWeeks,
  withCounters,
  withoutFormerSignals,
  type AddedWeek,
  type Week,
} from "@/lib/insight/trends/weeks"
import { resetBit } from "@/lib/rollups/fold/sql/columns"

const added = (lines: (number | null)[]): AddedWeek[] =>
  completed(lines.map((printerLines, i) => ({ week: `2026-11-0${i + 1}`, printerLines }))).map((week) => ({
    ...week,
    resets: 0,
  }))
const none = { printerLines: null, chipReads: null, swipeReads: null }
const linesOf = (weeks: Week[]) => weeks.map(({ printerLines }) => printerLines)

test("a counter at the end of each week is what it shows now without what came later", () => {
  const weeks = withCounters(added([10, 20, 30]), { ...none, printerLines: 1_000 })
  expect(linesOf(weeks)).toEqual([950, 970, 1_000])
})

test("before a counter began anew it is not known", () => {
  const weeks = withCounters(added([10, 20, 30]), { ...none, printerLines: 40 })
  expect(linesOf(weeks)).toEqual([null, 10, 40])
})

test("a printer that came with lines of its own is not worn by those of the one before", () => {
  const weeks = added([10, 20, 700_500]).map((week, i) =>
    i === 2 ? { ...week, resets: resetBit("printer_lines") } : week,
  )
  expect(linesOf(withCounters(weeks, { ...none, printerLines: 701_000 }))).toEqual([null, null, 701_000])
  const others = weeks.map((week) => ({ ...week, resets: resetBit("app_crashes") }))
  expect(linesOf(withCounters(others, { ...none, printerLines: 701_000 }))).toEqual([480, 500, 701_000])
})

test("signals of another store are forgotten", () => {
  const weeks = completed(["2026-11-02", "2026-11-09"].map((week) => ({ week, signalP10: -60, battery: 80 })))
  const forgotten = withoutFormerSignals(weeks, "2026-11-10")
  expect(forgotten.map(({ signalP10, battery }) => [signalP10, battery])).toEqual([
    [null, 80],
    [-60, 80],
  ])
})

test("weeks that are read again replace what was known, and the week that goes on is left out", () => {
  const known = added([1, 2, 3])
  const read = added([0, 0, 8, 9, 10]).slice(2)
  expect(linesOf(mergeWeeks(known, read, "2026-11-04"))).toEqual([1, 2, 8, 9])
})
