import { describe, expect, test } from "vitest"
import { Claims, groupsOf } from "@/lib/access/sign-on/claims"

describe("groupsOf", () => {
  test.each([
    ["a list", { groups: ["a", "b"] }, "groups", ["a", "b"]],
    ["reads a single group given as text", { groups: "a" }, "groups", ["a"]],
    ["below a path", { realm_access: { roles: ["a"] } }, "realm_access.roles", ["a"]],
    [
      "reads a claim whose name contains dots",
      { "https://example.com/groups": ["a"] },
      "https://example.com/groups",
      ["a"],
    ],
    ["returns none for a missing claim", { sub: "1" }, "realm_access.roles", []],
    ["ignores values that are not text", { groups: [1, null, { name: "a" }, "b"] }, "groups", ["b"]],
    ["ignores properties of Object.prototype", {}, "constructor.name", []],
  ])("%s", (_what, claims, claim, groups) => {
    expect(groupsOf(claims, claim)).toEqual(groups)
  })
})

test("accepts email_verified as a boolean or as text", () => {
  const verified = (email_verified?: unknown) =>
    Claims.parse({ iss: "i", sub: "s", email: "Ana@Example.com", email_verified })
  expect(verified(true)).toMatchObject({ email: "ana@example.com", email_verified: true })
  expect(verified("true").email_verified).toBe(true)
  expect(verified("false").email_verified).toBe(false)
  expect(verified("perhaps").email_verified).toBe(false)
  expect(verified().email_verified).toBeUndefined()
})
