import { describe, expect, test } from "vitest"
import { readClock } from "@/lib/base/time/clock"

const receivedAt = Date.parse("2026-11-24T12:00:00Z")
const minutes = (n: number) => n * 60_000

describe("readClock", () => {
  test.each([
    ["no clock sent", receivedAt - minutes(10), null, { offsetMs: 0 }],
    ["within two minutes", receivedAt, receivedAt + minutes(2), { offsetMs: 0 }],
    ["ten minutes fast", receivedAt + minutes(9), receivedAt + minutes(10), { offsetMs: -minutes(10) }],
    ["an hour slow", receivedAt - minutes(70), receivedAt - minutes(60), { offsetMs: minutes(60) }],
    ["five minutes ahead is accepted", receivedAt + minutes(5), null, { offsetMs: 0 }],
  ])("%s", (_name, at, sentAt, expected) => {
    expect(readClock({ at, sentAt, receivedAt })).toEqual(expected)
  })

  test.each([
    ["more than five minutes ahead", receivedAt + minutes(5) + 1, null, "clock_wrong"],
    ["ahead after correction", receivedAt + minutes(30), receivedAt + minutes(10), "clock_wrong"],
    [
      "off by more than a week",
      receivedAt - minutes(11 * 1440),
      receivedAt - minutes(11 * 1440),
      "clock_wrong",
    ],
  ])("refuses a clock that is %s", (_name, at, sentAt, fault) => {
    expect(readClock({ at, sentAt, receivedAt })).toMatchObject({ fault })
  })
})
