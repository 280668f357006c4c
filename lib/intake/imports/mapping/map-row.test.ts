import { describe, expect, test } from "vitest"
import { recordOf, timeOf, valueOf } from "@/lib/intake/imports/mapping/map-row"
import { FieldSource, Profile } from "@/lib/intake/imports/mapping/profile"
import { type Row } from "@/lib/intake/imports/mapping/row"

const rowOf = (cells: Record<string, string>, number = 0): Row => ({
  cells,
  number,
  line: number + 2,
  cardRef: "h1:1:abc",
  hash: "r-1",
})
const value = (source: object, cells: Record<string, string> = {}, number = 0) =>
  valueOf("field", FieldSource.parse(source), rowOf(cells, number), {
    zone: "Asia/Shanghai",
    dateOrder: "day-first",
  })

describe("a field", () => {
  test.each<[string, object, Record<string, string>, unknown]>([
    ["is a column's text", { column: "a" }, { a: " x " }, "x"],
    ["joins columns", { column: ["a", "b"], joinWith: "-" }, { a: "0", b: "1" }, "0-1"],
    ["is absent where the cell is empty", { column: "a" }, { a: "" }, undefined],
    [
      "is replaced by its mapped text",
      { column: "a", map: { Swipe: "swipe", "*": "other" } },
      { a: "Swipe" },
      "swipe",
    ],
    ["is no member that every object has", { column: "a", map: {} }, { a: "constructor" }, "constructor"],
    ["is absent where nothing was measured", { column: "a", as: "number" }, { a: "N/A" }, undefined],
    ["is absent for a dash", { column: "a", as: "number" }, { a: "--" }, undefined],
    ["is absent for 无数据", { column: "a", as: "number" }, { a: "无数据" }, undefined],
    [
      "falls back to the star",
      { column: "a", map: { "": "approved", "*": "declined" } },
      { a: "Bad PIN" },
      "declined",
    ],
    [
      "maps an empty cell too",
      { column: "a", map: { "": "approved", "*": "declined" } },
      { a: "" },
      "approved",
    ],
    [
      "takes the first item of a list",
      { column: "a", firstOf: "," },
      { a: "Bad PIN,Technical Glitch" },
      "Bad PIN",
    ],
    ["reads money", { column: "a", as: "money" }, { a: "$134.09" }, 13_409],
    ["reads refunds", { column: "a", as: "money" }, { a: "$-99.00" }, -9_900],
    ["reads thousands", { column: "a", as: "money" }, { a: "¥1,234.5" }, 123_450],
    ["reads thousands parted by points", { column: "a", as: "money" }, { a: "1.234,50" }, 123_450],
    ["reads a comma before two digits as the point", { column: "a", as: "money" }, { a: "12,50" }, 1_250],
    ["reads the smallest unit", { column: "a", as: "minor" }, { a: "000000012345" }, 12_345],
    ["reads the code before its words", { column: "a", as: "code" }, { a: "51-余额不足" }, "51"],
    ["gives a code back the zero that a spreadsheet took", { column: "a", as: "code" }, { a: "0" }, "00"],
    [
      "takes the issuer's digits of a masked card",
      { column: "a", as: "bin" },
      { a: "622848******1234" },
      "622848",
    ],
    ["is the row's hash where it is empty", { column: "a", orRowHash: true }, { a: "" }, "r-1"],
    [
      "is the row's hash if it was masked",
      { column: "a", orRowHash: true },
      { a: "621234******1232" },
      "r-1",
    ],
    ["is the card's reference", { cardRef: true }, {}, "h1:1:abc"],
    [
      "keeps a hash that was made on upload",
      { column: "a", hash: true },
      { a: "sha256:ba7816bf8f01cfea4141" },
      "ba7816bf8f01cfea4141",
    ],
    ["hashes", { column: "a", hash: true }, { a: "abc" }, "ba7816bf8f01cfea4141"],
    [
      "reads hours",
      { column: "a", as: "openingHours" },
      { a: "09:00-21:30" },
      {
        mon: [["09:00", "21:30"]],
        tue: [["09:00", "21:30"]],
        wed: [["09:00", "21:30"]],
        thu: [["09:00", "21:30"]],
        fri: [["09:00", "21:30"]],
        sat: [["09:00", "21:30"]],
        sun: [["09:00", "21:30"]],
      },
    ],
    ["reads a day", { column: "a", as: "day" }, { a: "2025年3月1日" }, "2025-03-01"],
    ["reads a day of a workbook", { column: "a", as: "day" }, { a: "2025-03-01 00:00:00" }, "2025-03-01"],
    ["reads a day's serial number", { column: "a", as: "day" }, { a: "45717" }, "2025-03-01"],
    ["reads a day in the file's order", { column: "a", as: "day" }, { a: "01/03/2025" }, "2025-03-01"],
  ])("%s", (_name, source, row, expected) => expect(value(source, row)).toEqual(expected))

  test("is the row's number, padded", () => expect(value({ rowNumber: 5 }, {}, 42)).toBe("00042"))
  test("names the column that is missing", () =>
    expect(() => value({ column: "b" }, { a: "1" })).toThrow('no column "b"'))
  test("names what it cannot read", () =>
    expect(() => value({ column: "a", as: "number" }, { a: "many" })).toThrow('"many" is not a number'))
  test("does not read a month as a day", () =>
    expect(() => value({ column: "a", as: "day" }, { a: "2025-03" })).toThrow('"2025-03" is not a day'))
})

describe("a time", () => {
  test.each([
    ["local", { column: "t" }, { t: "2026-11-24 09:30:00" }, "2026-11-24T09:30:00.000+08:00"],
    ["with an offset", { column: "t" }, { t: "2026-11-24T09:30:00+09:00" }, "2026-11-24T09:30:00.000+09:00"],
    [
      "in a format",
      { column: "t", format: "yyyyMMddHHmmss" },
      { t: "20261124093000" },
      "2026-11-24T09:30:00.000+08:00",
    ],
    [
      "in parts",
      { year: "y", month: "m", day: "d", time: "t" },
      { y: "2002", m: "9", d: "1", t: "06:21" },
      "2002-09-01T06:21:00.000+08:00",
    ],
  ])("%s", (_name, source, row, expected) =>
    expect(timeOf(source as never, { zone: "Asia/Shanghai" }, rowOf(row))).toBe(expected),
  )

  test("that cannot be read is refused", () =>
    expect(() => timeOf({ column: "t" }, { zone: "UTC" }, rowOf({ t: "yesterday" }))).toThrow(
      "cannot be read",
    ))
})

describe("a reversal", () => {
  const profile = Profile.parse({
    name: "p",
    kind: "transactions",
    fields: { id: { column: "no" }, amountMinor: { column: "amount", as: "money" } },
    sale: { code: "code", type: "type", original: "first" },
  })
  const record = (cells: Record<string, string>) =>
    recordOf(profile, rowOf({ no: "7", amount: "5.00", code: "00", first: "", ...cells }))

  test("names the transaction it reverses, or else its own number, and has an id of its own", () => {
    expect(record({ type: "消费冲正", first: "6" })).toMatchObject({
      outcome: "reversed",
      reverses: "6",
      id: "7-r",
    })
    expect(record({ type: "消费冲正" })).toMatchObject({ outcome: "reversed", reverses: "7", id: "7-r" })
  })
  test("of a refund has a negative amount", () =>
    expect(record({ type: "退货" })).toMatchObject({ outcome: "approved", amountMinor: -500 }))
  test("is not made from a terminal's sign-in", () =>
    expect(() => record({ type: "签到" })).toThrow("is not a sale"))
})

test.each([
  ["正常", false],
  ["OK", false],
  ["异常", true],
  ["故障", true],
  ["是", true],
  ["否", false],
])("tampering that is %s is %s", (text, tamper) =>
  expect(
    valueOf("tamper", FieldSource.parse({ column: "防拆", as: "boolean" }), rowOf({ 防拆: text }), {
      zone: "Asia/Shanghai",
    }),
  ).toBe(tamper),
)
