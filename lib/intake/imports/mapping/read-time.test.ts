import fc from "fast-check"
import { DateTime } from "luxon"
import { describe, expect, test } from "vitest"
import { factsOfRows } from "@/lib/intake/imports/mapping/column-facts"
import { completeProfile } from "@/lib/intake/imports/mapping/complete-profile"
import { needsDateOrder } from "@/lib/intake/imports/mapping/open-questions"
import { Profile } from "@/lib/intake/imports/mapping/profile"
import { readDateAndTime, readTime } from "@/lib/intake/imports/mapping/read-time"

const zone = "Asia/Shanghai"
const utc = (text: string, reading = {}) =>
  readTime(text, { zone, ...reading })
    ?.toUTC()
    .toISO() ?? null

describe("a text", () => {
  test.each([
    ["2026-11-28 11:00:00", "2026-11-28T03:00:00.000Z"],
    ["2026-11-28 03:00:00Z", "2026-11-28T03:00:00.000Z"],
    ["2026-11-28 11:00:00 +0800", "2026-11-28T03:00:00.000Z"],
    ["2026-11-28 03:00:00 GMT", "2026-11-28T03:00:00.000Z"],
    ["2026-11-28 11:00 UTC+8", "2026-11-28T03:00:00.000Z"],
    ["2026-11-28T11:00:00+08", "2026-11-28T03:00:00.000Z"],
    ["2026-11-28T11:00+08:00[Asia/Shanghai]", "2026-11-28T03:00:00.000Z"],
    ["Sat Nov 28 11:00:00 CST 2026", "2026-11-28T03:00:00.000Z"],
    ["Sat, 28 Nov 2026 03:00:00 +0000", "2026-11-28T03:00:00.000Z"],
    ["28-NOV-26 11.00.00", "2026-11-28T03:00:00.000Z"],
    ["Nov 28, 2026 11:00:00 AM", "2026-11-28T03:00:00.000Z"],
    ["28/Nov/2026:11:00:00 +0800", "2026-11-28T03:00:00.000Z"],
    ["2026年11月28日 下午3时05分", "2026-11-28T07:05:00.000Z"],
    ["26年11月28日 11:00", "2026-11-28T03:00:00.000Z"],
    ["20261128110000", "2026-11-28T03:00:00.000Z"],
    ["20261128110000250", "2026-11-28T03:00:00.250Z"],
    ["202611281100", "2026-11-28T03:00:00.000Z"],
    ["261128110000", "2026-11-28T03:00:00.000Z"],
    ["1795834800", "2026-11-28T03:00:00.000Z"],
    ["1795834800000", "2026-11-28T03:00:00.000Z"],
    ["1795834800.25", "2026-11-28T03:00:00.250Z"],
    ["2026-11-28 9", null],
    ["2026-11-28 14", null],
    ["1127110000", null],
    ["200911120000", null],
    ["201126110000", null],
    ["20112026110000", "2026-11-20T03:00:00.000Z"],
    ["2026-11-28 11:00:00 XYZ", null],
    ["2026-11-28 25:00:00", null],
    ["2026-02-30", null],
  ])("%s is %s", (text, at) => expect(utc(text)).toBe(at))

  test("with its own zone ignores the file's zone", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2026, 10) }),
        fc.integer({ min: -12 * 4, max: 14 * 4 }),
        fc.constantFrom("Asia/Shanghai", "America/New_York", "Europe/Berlin", "UTC"),
        fc.constantFrom("", " ", " UTC", " GMT"),
        (millis, quarters, own, before) => {
          const minutes = quarters * 15
          const at = DateTime.fromMillis(Math.floor(millis / 1000) * 1000, { zone: "utc" })
          const shown = at.plus({ minutes }).toFormat("yyyy-MM-dd HH:mm:ss")
          const sign = minutes < 0 ? "-" : "+"
          const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
          const offset = `${sign}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`
          expect(readTime(`${shown}${before}${offset}`, { zone: own })?.toMillis()).toBe(at.toMillis())
        },
      ),
    ))

  test("of an hour that occurs twice is the first one, in both hemispheres", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          ["America/New_York", "2026-11-01 01:"],
          ["Europe/Berlin", "2026-10-25 02:"],
          ["Australia/Sydney", "2026-04-05 02:"],
        ),
        fc.integer({ min: 0, max: 59 }),
        ([own = "", hour = ""], minute) => {
          const at = readTime(`${hour}${String(minute).padStart(2, "0")}`, { zone: own })
          const [first] = at?.getPossibleOffsets() ?? []
          expect(at?.toMillis()).toBe(first?.toMillis())
          expect(at?.isInDST).toBe(true)
        },
      ),
    ))

  test("of a day and a time in two columns is one instant", () => {
    const two = (date: string, time: string, reading = {}) =>
      readDateAndTime(date, time, { zone, ...reading })
        ?.toUTC()
        .toISO() ?? null
    expect(two("20261128", "110000")).toBe("2026-11-28T03:00:00.000Z")
    expect(two("2026-11-28 00:00:00", "11:00:00")).toBe("2026-11-28T03:00:00.000Z")
    expect(two("1127", "110000", { year: 2026 })).toBe("2026-11-27T03:00:00.000Z")
    expect(two("1127", "110000")).toBeNull()
    expect(two("2026-11-28", "0930")).toBe("2026-11-28T01:30:00.000Z")
    expect(two("2026-11-28", "930", { shortClock: "HHmm" })).toBe("2026-11-28T01:30:00.000Z")
    expect(two("2026-11-28", "930", { shortClock: "HHmmss" })).toBe("2026-11-27T16:09:30.000Z")
    expect(two("2026-11-28", "03:00:00 UTC")).toBe("2026-11-28T03:00:00.000Z")
  })
})

describe("a column of dates", () => {
  const profile = Profile.parse({ name: "p", kind: "transactions", timeZone: "UTC", columns: {} })
  const head = (texts: readonly string[]) => {
    const rows = texts.map((time) => ({ time }))
    return { headers: ["time"], rows, facts: factsOfRows(["time"], rows) }
  }
  const formats = [
    "dd/MM/yyyy HH:mm",
    "MM/dd/yyyy HH:mm",
    "yy-MM-dd HH:mm",
    "ddMMyyHHmmss",
    "MMddyyHHmmss",
    "yyMMddHHmmss",
    "yyyyMMddHHmm",
    "ddMMyyyyHHmmss",
    "MMddyyyyHHmmss",
    "yyyyMMddHHmmss",
  ]

  test("is read in the order that fits all cells, or the order is asked for", () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: Date.UTC(2019, 0) / 60_000, max: Date.UTC(2026, 9) / 60_000 }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.constantFrom(...formats),
        (minutes, format) => {
          const times = minutes.map((minute) => DateTime.fromMillis(minute * 60_000, { zone: "utc" }))
          const column = head(times.map((at) => at.toFormat(format)))
          const whole = completeProfile(profile, column)
          const read = column.rows.map(({ time }) =>
            readTime(time, { zone: "UTC", dateOrder: whole.dateOrder })?.toMillis(),
          )
          const right = times.map((at) => at.toMillis())
          expect(needsDateOrder(whole, column) ? right : read).toEqual(right)
        },
      ),
    ))

  test("finds its order from one clear cell, and asks for it without one", () => {
    const asks = (texts: string[]) => needsDateOrder(completeProfile(profile, head(texts)), head(texts))
    const open = ["05/11/2026", "06/11/2026"]
    expect(asks(open)).toBe(true)
    expect(completeProfile(profile, head([...open, "26/11/2026"])).dateOrder).toBe("day-first")
    expect(completeProfile(profile, head([...open, "11/26/2026"])).dateOrder).toBe("month-first")
    expect(asks(["26/11/2026", "11/26/2026"])).toBe(true)
    expect(asks(["05/05/2026", "2026-11-05"])).toBe(false)
  })

  test("in digits alone finds its order in the same way", () => {
    const found = (...texts: string[]) => {
      const whole = completeProfile(profile, head(texts))
      return needsDateOrder(whole, head(texts)) ? "open" : whole.dateOrder
    }
    expect(found("201125110000")).toBe("open")
    expect(found("201125110000", "211125110000")).toBe("open")
    expect(found("201125110000", "281125110000")).toBe("day-first")
    expect(found("201125110000", "201231110000")).toBe("year-first")
    expect(found("111025110000", "112525110000")).toBe("month-first")
    expect(found("200911120000")).toBe("open")
    expect(found("20112025", "03112025")).toBe("day-first")
    expect(found("202611281100", "20261128110000")).toBeUndefined()
  })

  test("of ten digits is read as seconds only if it cannot be month, day and time", () => {
    const formatOf = (...texts: string[]) => completeProfile(profile, head(texts)).at
    expect(formatOf("1127110000", "1127110100")).toEqual({ column: "time", format: "MMddHHmmss" })
    expect(formatOf("1127110000", "1127119900")).toEqual({ column: "time", format: "X" })
    expect(formatOf("1795834800")).toEqual({ column: "time" })
  })
})

test.each(["1899-12-30 09:30:00", "1899-12-31 09:30", "1900-01-00 09:30:00", "1900-01-01 9:30:00"])(
  "a time column's %s is a time of day alone",
  (time) =>
    expect(
      readDateAndTime("28/11/2026 00:00:00", time, { zone, dateOrder: "day-first" })?.toUTC().toISO(),
    ).toBe("2026-11-28T01:30:00.000Z"),
)
