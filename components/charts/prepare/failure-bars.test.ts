import { expect, test } from "vitest"
import { failureBars } from "@/components/charts/prepare/failure-bars"
import type { FailureSeries } from "@/lib/insight/rates/schemas"

const bucket = (at: string, presentments: number, device: number) => ({
  at,
  presentments,
  failures: device,
  byCause: { device, card: 0, operator: 0, system: 0, unknown: 0 },
})
const series = (more: Partial<FailureSeries>): FailureSeries => ({
  bucket: "hour",
  data: [],
  previous: [],
  from: "2026-11-24T08:00:00.000Z",
  to: "2026-11-24T11:00:00.000Z",
  days: null,
  previousPeriod: { from: "2026-11-17T08:00:00.000Z", to: "2026-11-17T11:00:00.000Z", days: null },
  asOf: "2026-11-24T10:20:00.000Z",
  ...more,
})

test("an hour without sales is a gap, not zero failures", () => {
  const bars = failureBars(
    series({ data: [bucket("2026-11-24T08:00:00Z", 50, 1), bucket("2026-11-24T10:00:00Z", 40, 0)] }),
  )
  expect(bars.map(({ device }) => device)).toEqual([2, null, 0])
})

test("shows the previous period at the same hour", () => {
  const bars = failureBars(series({ previous: [bucket("2026-11-17T08:00:00Z", 10, 1)] }))
  expect(bars.map(({ previous }) => previous)).toEqual([10, null, null])
})

test("marks only the last bucket as unfinished, and none of a range that is over", () => {
  expect(failureBars(series({})).map(({ isOpen }) => isOpen)).toEqual([false, false, true])
  const over = failureBars(series({ asOf: "2026-11-24T11:00:00.000Z" }))
  expect(over.map(({ isOpen }) => isOpen)).toEqual([false, false, false])
})

test("uses the dates of the answer for days, with any offset", () => {
  const bars = failureBars(
    series({
      bucket: "day",
      from: "2026-11-22T00:00:00.000+08:00",
      to: "2026-11-24T00:00:00.000+08:00",
      days: { first: "2026-11-22", last: "2026-11-23" },
      data: [bucket("2026-11-23", 4, 1)],
    }),
  )
  expect(bars.map(({ at, device }) => [at, device])).toEqual([
    ["2026-11-22", null],
    ["2026-11-23", 25],
  ])
})
