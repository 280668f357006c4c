import { expect, test } from "vitest"
import { clockDrift } from "@/lib/fleet/terminals/read/clock-drift"

const minute = 60_000

test.each([
  [0, null],
  [2 * minute, null],
  [12 * minute, { direction: "slow", value: 12, unit: "minutes" }],
  [-12 * minute, { direction: "fast", value: 12, unit: "minutes" }],
  [90 * minute, { direction: "slow", value: 90, unit: "minutes" }],
  [8 * 60 * minute, { direction: "slow", value: 8, unit: "hours" }],
  [-3 * 1440 * minute, { direction: "fast", value: 3, unit: "days" }],
])("%d ms to be added", (offsetMs, drift) => expect(clockDrift(offsetMs)).toEqual(drift))
