import { expect, test } from "vitest"
import { clockAheadMs, timeByOwnClock, withClock, withTime } from "@/lib/intake/quarantine/correct-clock"

const receivedAt = "2026-11-24T12:00:00.000Z"

test("the true time takes the place of both of the terminal's", () => {
  expect(
    withTime({ terminal: "SN", at: "1970-01-01T00:00:00Z", sentAt: "1970-01-01T00:05:00Z" }, receivedAt),
  ).toEqual({ terminal: "SN", at: receivedAt })
})

test("five minutes before it was sent stay five minutes before it came", () => {
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

test("a clock two hours fast is told by sentAt, and the record keeps its time", () => {
  expect(withClock({ at: "2026-11-24T13:55:00Z" }, { aheadMs: 2 * hour, receivedAt: came })).toEqual({
    at: "2026-11-24T13:55:00Z",
    sentAt: "2026-11-24T14:00:00.000Z",
  })
})

test("a clock years off has its time put right", () => {
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
])("how far it was ahead goes by %s", (_name, record, ahead) =>
  expect(clockAheadMs(record, came)).toBe(ahead),
)
