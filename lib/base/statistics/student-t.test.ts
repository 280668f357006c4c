import { expect, test } from "vitest"
import { studentT } from "@/lib/base/statistics/student-t"

// From tables of the distribution.
test.each([
  [9, 1.959964, 2.262],
  [19, 1.959964, 2.093],
  [20, 1.644854, 1.725],
])("with %i degrees of freedom, %f of the normal distribution is %f", (freedom, z, t) => {
  expect(studentT(freedom, z)).toBeCloseTo(t, 2)
})
