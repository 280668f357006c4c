import { describe, expect, test } from "vitest"
import { hasOtherRights, requireMayChange, type UserRights } from "@/lib/access/users/change-rules"

const admin: UserRights = { role: "admin", reach: null, isDisabled: false }
const store = { merchants: [], regions: [], stores: [7] }
const change =
  (before: UserRights, after: Partial<UserRights>, { isSelf = false, otherAdmins = 1 } = {}) =>
  () =>
    requireMayChange({ before, after: { ...before, ...after }, isSelf, otherAdmins })

describe("change of rights", () => {
  test("refuses a change of one's own rights", () => {
    expect(change(admin, { role: "viewer" }, { isSelf: true })).toThrow("own role")
    expect(change(admin, { isDisabled: true }, { isSelf: true })).toThrow("disable yourself")
    expect(change(admin, {}, { isSelf: true })).not.toThrow()
  })

  test("keeps the last admin", () => {
    expect(change(admin, { role: "viewer" }, { otherAdmins: 0 })).toThrow("last admin")
    expect(change(admin, { isDisabled: true }, { otherAdmins: 0 })).toThrow("last admin")
    expect(change(admin, { role: "viewer" })).not.toThrow()
    expect(change({ ...admin, isDisabled: true }, { role: "viewer" }, { otherAdmins: 0 })).not.toThrow()
  })

  test("refuses to limit an admin's reach", () => {
    expect(change(admin, { reach: store })).toThrow("all stores")
    expect(change({ ...admin, role: "viewer", reach: store }, { role: "admin" })).toThrow("all stores")
    expect(change(admin, { role: "manager", reach: store })).not.toThrow()
  })

  test("sees no change if the same places come in another order", () => {
    const viewer: UserRights = { role: "viewer", reach: store, isDisabled: false }
    expect(hasOtherRights(viewer, { ...viewer, reach: { stores: [7], regions: [], merchants: [] } })).toBe(
      false,
    )
    expect(hasOtherRights(viewer, { ...viewer, reach: { ...store, stores: [] } })).toBe(true)
    expect(hasOtherRights({ ...viewer, reach: { ...store, stores: [] } }, { ...viewer, reach: null })).toBe(
      true,
    )
  })
})
