import { describe, expect, test } from "vitest"
import { Claims, groupsOf } from "@/lib/access/sign-on/claims"

describe("groups are found", () => {
  test.each([
    ["a list", { groups: ["a", "b"] }, "groups", ["a", "b"]],
    ["a single one as text", { groups: "a" }, "groups", ["a"]],
    ["below a path", { realm_access: { roles: ["a"] } }, "realm_access.roles", ["a"]],
    [
      "under a name that has dots",
      { "https://example.com/groups": ["a"] },
      "https://example.com/groups",
      ["a"],
    ],
    ["but not where there are none", { sub: "1" }, "realm_access.roles", []],
    ["nor what is no text", { groups: [1, null, { name: "a" }, "b"] }, "groups", ["b"]],
    ["nor what every object has", {}, "constructor.name", []],
  ])("%s", (_what, claims, claim, groups) => {
    expect(groupsOf(claims, claim)).toEqual(groups)
  })
})

test("an address counts as verified when the provider says so, in whichever form", () => {
  const verified = (email_verified?: unknown) =>
    Claims.parse({ iss: "i", sub: "s", email: "Ana@Example.com", email_verified })
  expect(verified(true)).toMatchObject({ email: "ana@example.com", email_verified: true })
  expect(verified("true").email_verified).toBe(true)
  expect(verified("false").email_verified).toBe(false)
  expect(verified("perhaps").email_verified).toBe(false)
  expect(verified().email_verified).toBeUndefined()
})
