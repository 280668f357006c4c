import { expect, test } from "vitest"
import { describeReach } from "@/lib/access/actor/describe-reach"

const t = (key: string, values?: Record<string, string | number>) =>
  key === "comma" ? ", " : values ? `${key} ${values["names"]} +${values["count"]}` : key
const named = (...names: string[]) => names.map((name, id) => ({ id, name }))
const nothing = { merchants: [], regions: [], stores: [] }

test("distinguishes no limit from no stores", () => {
  expect(describeReach(null, t)).toBe("all")
  expect(describeReach(nothing, t)).toBe("none")
})

test("names merchants and regions first and counts what is too long to list", () => {
  expect(describeReach({ ...nothing, merchants: named("Lotus"), stores: named("Pudong") }, t)).toBe(
    "Lotus, Pudong",
  )
  expect(describeReach({ ...nothing, regions: named("East"), stores: named("A", "B", "C", "D") }, t)).toBe(
    "more East, A, B +2",
  )
})
