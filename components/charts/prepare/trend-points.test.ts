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

test("offers only series with measurements", () => {
  expect(measuredSeries(trend)).toEqual(["batteryMinPct"])
})
