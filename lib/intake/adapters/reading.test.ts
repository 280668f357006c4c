import { expect, test } from "vitest"
import { measured, unusedPaths } from "@/lib/intake/adapters/reading"

test("reports each unused path once", () => {
  expect(unusedPaths({ a: 1, b: { c: 1, d: null }, e: [{ f: 1 }, { f: 2, g: 3 }] }, ["a", "e.g"])).toEqual([
    "b.c",
    "e.f",
  ])
})

test("a measure that is an empty text was not measured", () => {
  expect(measured.parse("")).toBeNull()
  expect(measured.parse(" ")).toBeNull()
  expect(measured.parse("81")).toBe(81)
})
