import { expect, test } from "vitest"
import { onceFor } from "@/lib/base/kept/once-for"

test("the same rows and key are computed once, others anew", () => {
  const once = onceFor<string>()
  let computed = 0
  const ask = (rows: object, key: string) => once(rows, key, () => `${key} ${++computed}`)
  const [rows, others] = [[1], [1]]
  expect([ask(rows, "a"), ask(rows, "a")]).toEqual(["a 1", "a 1"])
  expect([ask(others, "a"), ask(rows, "a")]).toEqual(["a 2", "a 1"])
  expect([ask(rows, "b"), ask(rows, "a")]).toEqual(["b 3", "a 4"])
})
