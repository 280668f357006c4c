import { expect, test } from "vitest"
import { sumOfStores, type Count } from "@/lib/insight/engine/terms/input"

const terminal = (observed: number, expected = 1): Count => ({ observed, expected })

test("the worst store adds no more than the next one", () => {
  const large = Array.from({ length: 10 }, () => terminal(5))
  expect(sumOfStores([large, [terminal(3)], [terminal(1)]])).toEqual({ observed: 16, expected: 12 })
})

test.each([
  { what: "a single store", stores: [[terminal(4)]], observed: 4 },
  { what: "stores that all fail alike", stores: [[terminal(4)], [terminal(4)]], observed: 8 },
  { what: "stores that fail less than expected", stores: [[terminal(0, 5)], [terminal(1, 3)]], observed: 1 },
])("$what counts whole", ({ stores, observed }) => {
  expect(sumOfStores(stores).observed).toBe(observed)
})
