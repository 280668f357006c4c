import { expect, test } from "vitest"
import { rangesOf, withoutRange, withRange, type ExceptionRange } from "@/lib/fleet/stores/exception-days"

const week: ExceptionRange = { from: "2026-09-29", to: "2026-10-02", spans: [] }
const days = { "2026-09-29": [], "2026-09-30": [], "2026-10-01": [], "2026-10-02": [] }

test("adds a range of days across months and keeps other days", () => {
  expect(withRange({ "2026-12-24": [["09:00", "13:00"]] }, week)).toEqual({
    ...days,
    "2026-12-24": [["09:00", "13:00"]],
  })
  expect(withRange({ "2026-10-01": [["10:00", "18:00"]] }, week)).toEqual(days)
})

test("joins consecutive days with the same hours into one range, in any order", () => {
  const special: [string, string][] = [["10:00", "18:00"]]
  expect(rangesOf({ "2026-10-03": special, "2026-12-25": [], ...days })).toEqual([
    week,
    { from: "2026-10-03", to: "2026-10-03", spans: [["10:00", "18:00"]] },
    { from: "2026-12-25", to: "2026-12-25", spans: [] },
  ])
})

test("removes a range and keeps the others", () => {
  expect(withoutRange({ ...days, "2026-12-25": [] }, week)).toEqual({ "2026-12-25": [] })
})
