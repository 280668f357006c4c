import { expect, test } from "vitest"
import { clockAheadMs, timeByOwnClock, withClock, withTime } from "@/lib/intake/quarantine/correct-clock"

const receivedAt = "2026-11-24T12:00:00.000Z"

test("the true time replaces `at` and `sentAt`", () => {
  expect(
    withTime({ terminal: "SN", at: "1970-01-01T00:00:00Z", sentAt: "1970-01-01T00:05:00Z" }, receivedAt),
  ).toEqual({ terminal: "SN", at: receivedAt })
})

test("keeps the interval between the record and its sending", () => {
  expect(timeByOwnClock({ at: "1970-01-01T00:00:00Z", sentAt: "1970-01-01T00:05:00Z" }, receivedAt)).toBe(
    "2026-11-24T11:55:00.000Z",
  )
})

test.each([
  ["no time of sending", { at: "1970-01-01T00:00:00Z" }],
  ["no readable time", { at: "soon", sentAt: "1970-01-01T00:05:00Z" }],
  ["a time after sending", { at: "1970-01-01T00:06:00Z", sentAt: "1970-01-01T00:05:00Z" }],
])("%s says nothing", (_name, record) => expect(timeByOwnClock(record, receivedAt)).toBeNull())

const hour = 3_600_000
const came = Date.parse(receivedAt)

test("corrects a clock two hours fast with sentAt, and keeps the record's time", () => {
  expect(withClock({ at: "2026-11-24T13:55:00Z" }, { aheadMs: 2 * hour, receivedAt: came })).toEqual({
    at: "2026-11-24T13:55:00Z",
    sentAt: "2026-11-24T14:00:00.000Z",
  })
})

test("corrects the time of a clock that is years off", () => {
  expect(
    withClock(
      { at: "2030-11-24T11:55:00Z", sentAt: "x" },
      { aheadMs: Date.parse("2030-11-24T12:00:00Z") - came, receivedAt: came },
    ),
  ).toEqual({ at: "2026-11-24T11:55:00.000Z" })
})

test.each([
  ["its time of sending", { at: "2026-11-24T13:00:00Z", sentAt: "2026-11-24T15:00:00Z" }, 3 * hour],
  ["its own time where it does not say", { at: "2026-11-24T13:00:00Z" }, hour],
  ["nothing where there is none", {}, null],
])("calculates how far the clock was ahead from %s", (_name, record, ahead) =>
  expect(clockAheadMs(record, came)).toBe(ahead),
)
