import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { roles, type Role, type Scope } from "@/lib/access/actor"
import { permissions } from "@/lib/access/permissions"

const readme = readFileSync("lib/access/README.md", "utf8")
const rules: [string, { roles: readonly Role[]; key: Scope | null; isWhole?: true }][] =
  Object.entries(permissions)

test("lib/access/README.md says who may do what as permissions.ts does", () => {
  const head = [
    `| permission | ${roles.join(" | ")} | key | with some stores only |`,
    `|---|${"---|".repeat(roles.length + 2)}`,
  ]
  const rows = rules.map(
    ([name, { roles: allowed, key, isWhole }]) =>
      `| \`${name}\` | ${roles.map((role) => (allowed.includes(role) ? "yes" : "")).join(" | ")} | ${key ?? ""} | ${isWhole ? "" : "yes"} |`,
  )
  expect(
    readme
      .split("\n")
      .filter(
        (line) =>
          /^\| (permission|`[\w:]+`) \|.*\| (yes|with some stores only)? ?\|$/.test(line) || line === head[1],
      ),
  ).toEqual([...head, ...rows])
})

test("lib/access/README.md names every requirement of ASVS once", () => {
  const named = [...readme.matchAll(/^\| (\d\.\d\.\d+) \|/gm)].map((match) => match[1] ?? "")
  expect(named.length).toBeGreaterThan(60)
  expect(new Set(named).size).toBe(named.length)
})
