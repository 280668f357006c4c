import { expect, test } from "vitest"
import { wearPicture } from "@/components/charts/prepare/wear-points"
import { addDays } from "@/lib/base/time/zone"

const monday = "2026-10-05"
const weeks = [90, 89, null, 87].flatMap((value, i) =>
  value === null ? [] : [{ week: addDays(monday, 7 * i), value }],
)
const battery = { signal: "battery" as const, limit: 84, weeks }

test("a week without values is a gap, and nothing is drawn ahead without a trend", () => {
  expect(wearPicture({ ...battery, trend: null })).toEqual({
    points: [90, 89, null, 87].map((value, i) => ({ week: addDays(monday, 7 * i), value, line: null })),
    due: null,
  })
})

test("the line leads through its weeks to the limit, and the interval is that of its bounds", () => {
  const trend = { level: 86, perWeek: -1, weeks: 3, on: addDays(monday, 42) }
  const { points, due } = wearPicture({
    ...battery,
    trend: { ...trend, early: addDays(monday, 36), late: addDays(monday, 52) },
  })
  expect(points.map(({ line }) => line)).toEqual([90, 89, 88, 87, 86, 85, 84, null, null])
  expect(due).toEqual({ from: addDays(monday, 35), to: addDays(monday, 56) })
})

test("a limit that is passed has no line", () => {
  const trend = { level: 83, perWeek: -1, weeks: 3, on: "2026-10-20", early: null, late: null }
  expect(wearPicture({ ...battery, trend }).due).toBeNull()
})
