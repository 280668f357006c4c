import { expect, test } from "vitest"
import { sumCounts } from "@/lib/base/rounds/sum-counts"

test("adds up each count, and nothing else that a slice has", () => {
  const zero = { terminals: 0, flags: 0 }
  const last = { terminals: 1, flags: 0, mayWait: true }
  expect(sumCounts(zero, [{ terminals: 2, flags: 3 }, last])).toEqual({ terminals: 3, flags: 3 })
  expect(sumCounts(zero, [])).toEqual(zero)
})
