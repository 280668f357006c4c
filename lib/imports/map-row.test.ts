import { describe, expect, test } from "vitest"
import { timeOf, valueOf } from "@/lib/imports/map-row"
import { FieldSource } from "@/lib/imports/profile"

const value = (source: object, row: Record<string, string> = {}, rowNumber = 0) => valueOf("field", FieldSource.parse(source), row, rowNumber)

describe("a field", () => {
  test.each<[string, object, Record<string, string>, unknown]>([
    ["is a column's text", { column: "a" }, { a: " x " }, "x"],
    ["joins columns", { column: ["a", "b"], joinWith: "-" }, { a: "0", b: "1" }, "0-1"],
    ["is absent where the cell is empty", { column: "a" }, { a: "" }, undefined],
    ["is replaced by its map", { column: "a", map: { Swipe: "swipe", "*": "other" } }, { a: "Swipe" }, "swipe"],
    ["falls back to the star", { column: "a", map: { "": "approved", "*": "declined" } }, { a: "Bad PIN" }, "declined"],
    ["maps an empty cell too", { column: "a", map: { "": "approved", "*": "declined" } }, { a: "" }, "approved"],
    ["takes the first of a list", { column: "a", firstOf: "," }, { a: "Bad PIN,Technical Glitch" }, "Bad PIN"],
    ["reads money", { column: "a", as: "money" }, { a: "$134.09" }, 13_409],
    ["reads refunds", { column: "a", as: "money" }, { a: "$-99.00" }, -9_900],
    ["reads thousands", { column: "a", as: "money" }, { a: "¥1,234.5" }, 123_450],
    ["hashes", { column: "a", hash: true }, { a: "abc" }, "ba7816bf8f01cfea4141"],
    ["reads hours", { column: "a", as: "openingHours" }, { a: "09:00-21:30" }, { mon: [["09:00", "21:30"]], tue: [["09:00", "21:30"]], wed: [["09:00", "21:30"]], thu: [["09:00", "21:30"]], fri: [["09:00", "21:30"]], sat: [["09:00", "21:30"]], sun: [["09:00", "21:30"]] }],
  ])("%s", (_name, source, row, expected) => expect(value(source, row)).toEqual(expected))

  test("is the row's number, padded", () => expect(value({ rowNumber: 5 }, {}, 42)).toBe("00042"))
  test("names the column that is missing", () => expect(() => value({ column: "b" }, { a: "1" })).toThrow('no column "b"'))
  test("names what it cannot read", () => expect(() => value({ column: "a", as: "number" }, { a: "many" })).toThrow('"many" is not a number'))
})

describe("a time", () => {
  test.each([
    ["local", { column: "t" }, { t: "2026-11-24 09:30:00" }, "2026-11-24T09:30:00.000+08:00"],
    ["with an offset", { column: "t" }, { t: "2026-11-24T09:30:00+09:00" }, "2026-11-24T09:30:00.000+09:00"],
    ["in a format", { column: "t", format: "yyyyMMddHHmmss" }, { t: "20261124093000" }, "2026-11-24T09:30:00.000+08:00"],
    ["in parts", { year: "y", month: "m", day: "d", time: "t" }, { y: "2002", m: "9", d: "1", t: "06:21" }, "2002-09-01T06:21:00.000+08:00"],
  ])("%s", (_name, source, row, expected) => expect(timeOf(source as never, "Asia/Shanghai", row)).toBe(expected))

  test("that is none is refused", () => expect(() => timeOf({ column: "t" }, "UTC", { t: "yesterday" })).toThrow("cannot be read"))
})
