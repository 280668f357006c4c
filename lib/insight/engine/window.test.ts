import fc from "fast-check"
import { expect, test } from "vitest"
import {
  dayCells,
  dayValue,
  endedWeekSum,
  endsWeek,
  monthSum,
  pushNight,
  weekCells,
  weekSum,
} from "@/lib/insight/engine/window"

const played = (days: readonly number[]) => {
  const values = new Float32Array(2 * (dayCells + weekCells))
  for (const [night, count] of days.entries()) pushNight(values, (series) => series * count, night)
  return { values, last: days.length - 1 }
}
const sum = (days: readonly number[]) => days.reduce((total, count) => total + count, 0)

test("a week is the last seven nights, and a month 28 to 34 of them", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 90 })
  fc.assert(
    fc.property(counts, (days) => {
      const { values, last } = played(days)
      expect(weekSum(values, 1)).toBe(sum(days.slice(-7)))
      const long = Math.min(days.length, 28 + (last % 7))
      expect(monthSum(values, 1)).toBe(sum(days.slice(-long)))
      for (let ago = 0; ago < Math.min(7, days.length); ago += 1)
        expect(dayValue(values, 1, last, ago)).toBe(days.at(-1 - ago))
      expect(monthSum(values, 0)).toBe(0)
    }),
  )
})

test("a week that ended is told once, a week later", () => {
  const days = Array.from({ length: 64 }, (_, i) => i + 1)
  const told: number[] = []
  const values = new Float32Array(dayCells + weekCells)
  for (const [night, count] of days.entries()) {
    pushNight(values, () => count, night)
    if (endsWeek(night)) told.push(endedWeekSum(values, 0, night))
  }
  expect(told).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((week) => sum(days.slice(week * 7, week * 7 + 7))))
})
