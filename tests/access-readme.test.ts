import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { roles, type Role, type Scope } from "@/lib/access/actor/actor"
import { permissions } from "@/lib/access/actor/permissions"

const readme = readFileSync("lib/access/README.md", "utf8")
const rules: [string, { roles: readonly Role[]; key: Scope | null; isWhole?: true }][] =
  Object.entries(permissions)

/** The cells of a table row; null for any other line. */
const cellsOf = (line: string) =>
  line.startsWith("|")
    ? line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim())
    : null

test("lib/access/README.md has the permissions of permissions.ts", () => {
  const head = ["permission", ...roles, "key", "with some stores only"]
  const rows = rules.map(([name, { roles: allowed, key, isWhole }]) => [
    `\`${name}\``,
    ...roles.map((role) => (allowed.includes(role) ? "yes" : "")),
    key ?? "",
    isWhole ? "" : "yes",
  ])
  const table = readme.split("\n").flatMap((line) => {
    const cells = cellsOf(line)
    return cells?.length === head.length && !cells[0]?.startsWith("-") ? [cells] : []
  })
  expect(table).toEqual([head, ...rows])
})

test("lib/access/README.md has every requirement of ASVS once", () => {
  const named = [...readme.matchAll(/^\| (\d\.\d\.\d+) +\|/gm)].map((match) => match[1] ?? "")
  expect(named.length).toBeGreaterThan(60)
  expect(new Set(named).size).toBe(named.length)
})
