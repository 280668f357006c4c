import { expect, test } from "vitest"
import { shownInterval } from "@/lib/fleet/terminals/interval"

test.each([
  [49.6, 50, "seconds"],
  [89, 89, "seconds"],
  [90, 2, "minutes"],
  [900, 15, "minutes"],
  [5400, 90, "minutes"],
  [9000, 2.5, "hours"],
])("%d seconds are shown as %d %s", (seconds, value, unit) => {
  expect(shownInterval(seconds)).toEqual({ value, unit })
})
