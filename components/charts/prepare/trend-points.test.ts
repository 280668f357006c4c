import { expect, test } from "vitest"
import { measuredSeries, trendPoints } from "@/components/charts/prepare/trend-points"

const hour = (at: string, batteryMinPct: number | null) => ({
  at,
  beats: 4,
  batteryMinPct,
  temperatureMaxC: null,
  signalAvgDbm: null,
  latencyAvgMs: null,
  storageMaxPct: null,
  clockFastMinutes: null,
})
const trend = {
  from: "2026-11-24T08:00:00.000Z",
  to: "2026-11-24T11:00:00.000Z",
  hours: [hour("2026-11-24T08:00:00.000Z", 90), hour("2026-11-24T10:00:00.000Z", 80)],
}

test("a silent hour is a gap", () => {
  expect(trendPoints(trend, "batteryMinPct").map(({ value }) => value)).toEqual([90, null, 80])
})

test("a measurement without a neighbour is drawn as a dot", () => {
  const alone = (hours: (typeof trend)["hours"]) =>
    trendPoints({ ...trend, hours }, "batteryMinPct").map(({ isAlone }) => isAlone)
  expect(alone(trend.hours)).toEqual([true, false, true])
  expect(alone([hour("2026-11-24T09:00:00.000Z", 85)])).toEqual([false, true, false])
  expect(alone([...trend.hours, hour("2026-11-24T09:00:00.000Z", 85)])).toEqual([false, false, false])
})

test("offers only series with measurements", () => {
  expect(measuredSeries(trend)).toEqual(["batteryMinPct"])
})
