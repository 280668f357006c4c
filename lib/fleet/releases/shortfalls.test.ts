import { describe, expect, test } from "vitest"
import type { PolicyDraft } from "@/lib/fleet/releases/schemas"
import {
  changesOn,
  isDue,
  shortfallsOf,
  standingOf,
  type KnownRelease,
} from "@/lib/fleet/releases/shortfalls"
import { noPolicy } from "@/tests/support/terminal-facts"

const today = "2026-11-24"
const release = (version: string, change: Partial<KnownRelease> = {}): KnownRelease => ({
  component: "app",
  version,
  model: null,
  releasedOn: "2026-01-01",
  ...change,
})
const releases = [
  release("5.0.3"),
  release("5.1.0"),
  release("5.1.9"),
  release("5.2.0"),
  release("5.3.1"),
  release("6.0", { releasedOn: "2026-11-30" }),
  release("9.0", { model: 2 }),
  release("9.0", { component: "firmware" }),
]

describe("at most two release lines behind", () => {
  const standards = { policies: [{ ...noPolicy, mostLinesBehind: 2 }], releases }
  const found = (version: string, on = today) =>
    shortfallsOf({ component: "app", version, model: 1 }, standards, on)

  test("counts the newer lines of the catalogue that are released", () => {
    expect(found("5.0.9")).toEqual([
      { code: "lines_behind", current: "5.0.9", newest: "5.3.1", lines: 3, dueOn: null },
    ])
    expect(found("5.1.0")).toEqual([])
    expect(found("5.1.0", "2026-11-30")).toMatchObject([{ newest: "6.0", lines: 3 }])
  })

  test.each(["5.3.9", "7.0", "golden"])("finds nothing at %s", (version) =>
    expect(found(version)).toEqual([]),
  )

  test("counts 6 and 6.0.1 as one line", () => {
    const known = { ...standards, releases: ["6", "6.0.1", "7.0", "8"].map((version) => release(version)) }
    const running = { component: "app", version: "5", model: 1 } as const
    expect(shortfallsOf(running, known, today)).toMatchObject([{ newest: "8", lines: 3 }])
  })

  test("changes when a release comes out", () => {
    const running = { component: "app", version: "5.1.0", model: 1 } as const
    expect(changesOn(running, standards, today)).toEqual(["2026-11-30"])
  })
})

describe("a security patch of at most 180 days", () => {
  const policy: PolicyDraft = { ...noPolicy, component: "securityPatch", maxAgeDays: 180 }
  const patch = (version: string) => ({ component: "securityPatch", version, model: null }) as const
  const standing = (version: string, on: string, change: Partial<PolicyDraft> = {}) =>
    standingOf(patch(version), { policies: [{ ...policy, ...change }], releases: [] }, on)

  test.each([
    ["2026-08-29", "met"],
    ["2026-08-30", "soon"],
    ["2026-11-27", "soon"],
    ["2026-11-28", "behind"],
  ])("of 31 May: on %s it is %s", (on, expected) => expect(standing("2026-05-31", on)).toBe(expected))

  test("is flagged not before the day from which on it is required", () => {
    expect(standing("2026-05-31", "2026-12-01", { dueOn: "2027-01-01" })).toBe("soon")
  })

  test("is not judged by a patch level that is no date", () => {
    expect(standing("level 7", today)).toBe("met")
  })
})

test("a version can fall short of several policies, each with its own day", () => {
  const policies = [
    { ...noPolicy, minimumVersion: "5.2", dueOn: "2026-12-01" },
    { ...noPolicy, model: 1, minimumVersion: "5.1", mostLinesBehind: 0 },
    { ...noPolicy, model: 2, minimumVersion: "9.0" },
  ]
  const found = shortfallsOf({ component: "app", version: "5.0", model: 1 }, { policies, releases }, today)
  expect(found.map((one) => [one.code, isDue(one, today)])).toEqual([
    ["release_behind", false],
    ["release_behind", true],
    ["lines_behind", true],
  ])
})

test("an unknown version stands nowhere", () =>
  expect(
    standingOf({ component: "app", version: null, model: 1 }, { policies: [noPolicy], releases }, today),
  ).toBeNull())
