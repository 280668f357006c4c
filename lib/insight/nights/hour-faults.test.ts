import { expect, test } from "vitest"
import { faultOf, type Suspect } from "@/lib/insight/nights/hour-faults"

const own = { observed: 25, expected: 0.5 }
const usual = { observed: 27, expected: 2 }
const suspect = (change: Partial<Suspect>): Suspect => ({
  own,
  store: usual,
  release: usual,
  fleet: usual,
  ...change,
})

test("a terminal at which nearly all reads fail is beyond doubt, if others are well", () => {
  expect(faultOf(suspect({}))).toMatchObject({
    others: { store: { observed: 2, expected: 1.5 }, release: { observed: 2, expected: 1.5 } },
  })
})

test("a few failures of a rare kind are not", () => {
  expect(faultOf(suspect({ own: { observed: 5, expected: 0.01 } }))).toBeNull()
})

test.each(["store", "release", "fleet"] as const)("others that fail as well explain it: %s", (who) => {
  expect(faultOf(suspect({ [who]: { observed: 32, expected: 2 } }))).toBeNull()
})
