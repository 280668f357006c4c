import { expect, test } from "vitest"
import { isSameReach, combineAccess } from "@/lib/access/sign-on/combine-access"

const stores = (...ids: number[]) => ({ merchants: [], regions: [], stores: ids })

test("the role with the most permissions wins, in any order", () => {
  const [manager, planner, viewer] = (["manager", "planner", "viewer"] as const).map((role) => ({
    role,
    reach: null,
  }))
  for (const mappings of [
    [viewer, manager, planner],
    [manager, viewer],
    [planner, manager],
  ]) {
    expect(combineAccess(mappings.filter((mapping) => mapping !== undefined))?.role).toBe("manager")
  }
})

test("adds up reaches, and the whole organisation contains every store", () => {
  expect(
    combineAccess([
      { role: "viewer", reach: stores(3, 1) },
      { role: "viewer", reach: { ...stores(1, 2), merchants: [7] } },
    ])?.reach,
  ).toEqual({ merchants: [7], regions: [], stores: [1, 2, 3] })
  expect(
    combineAccess([
      { role: "viewer", reach: stores(1) },
      { role: "viewer", reach: null },
    ])?.reach,
  ).toBeNull()
})

test("no group gives no access", () => {
  expect(combineAccess([])).toBeNull()
})

test("compares reaches in any order", () => {
  expect(isSameReach(stores(1, 2), stores(2, 1))).toBe(true)
  expect(isSameReach(stores(1), stores(1, 2))).toBe(false)
  expect(isSameReach(stores(), null)).toBe(false)
})
