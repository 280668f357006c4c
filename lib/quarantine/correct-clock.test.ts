import { expect, test } from "vitest"
import { timeByOwnClock, withTime } from "@/lib/quarantine/correct-clock"

const receivedAt = "2026-11-24T12:00:00.000Z"

test("the true time takes the place of both of the terminal's", () => {
  expect(withTime({ terminal: "SN", at: "1970-01-01T00:00:00Z", sentAt: "1970-01-01T00:05:00Z" }, receivedAt)).toEqual({ terminal: "SN", at: receivedAt })
})

test("five minutes before it was sent stay five minutes before it came", () => {
  expect(timeByOwnClock({ at: "1970-01-01T00:00:00Z", sentAt: "1970-01-01T00:05:00Z" }, receivedAt)).toBe("2026-11-24T11:55:00.000Z")
})

test.each([
  ["no time of sending", { at: "1970-01-01T00:00:00Z" }],
  ["no readable time", { at: "soon", sentAt: "1970-01-01T00:05:00Z" }],
  ["a time after sending", { at: "1970-01-01T00:06:00Z", sentAt: "1970-01-01T00:05:00Z" }],
])("%s says nothing", (_name, record) => expect(timeByOwnClock(record, receivedAt)).toBeNull())
