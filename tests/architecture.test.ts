import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"
import { openRoutes } from "@/tests/support/open-routes"

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === "generated" ? [] : filesBelow(path)
    return [path]
  })
const sources = ["app", "components", "lib"]
  .flatMap(filesBelow)
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts"))
const importsOf = (path: string) =>
  [...readFileSync(path, "utf8").matchAll(/from "(@\/[^"]+)"/g)].map((match) => (match[1] ?? "").slice(2))
const offenders = (where: RegExp, forbidden: (imported: string, path: string) => boolean) =>
  sources
    .filter((path) => where.test(path))
    .flatMap((path) =>
      importsOf(path)
        .filter((imported) => forbidden(imported, path))
        .map((imported) => `${path} imports ${imported}`),
    )

describe("imports", () => {
  test("go from app to components to lib, never back", () => {
    expect(offenders(/^lib\//, (imported) => /^(app|components)\//.test(imported))).toEqual([])
    expect(offenders(/^components\//, (imported) => imported.startsWith("app/"))).toEqual([])
  })

  test("of components reach schemas, queries and pure rules, never the database", () => {
    const reachesDatabase = (path: string, seen = new Set<string>()): boolean => {
      if (seen.has(path)) return false
      seen.add(path)
      if (path.startsWith("lib/base/db/") || path === "lib/base/env") return true
      const file = [`${path}.ts`, `${path}.tsx`].find((candidate) => existsSync(candidate))
      return (
        file !== undefined &&
        [...readFileSync(file, "utf8").matchAll(/^import (?!type)[^;]*?from "@\/([^"]+)"/gm)].some((match) =>
          reachesDatabase(match[1] ?? "", seen),
        )
      )
    }
    expect(offenders(/^components\//, (imported) => reachesDatabase(imported))).toEqual([])
  })

  test("of Prisma's generated client stay in lib/base/db", () => {
    expect(
      offenders(
        /^(app|components|lib)\//,
        (imported, path) => imported.startsWith("lib/base/db/generated") && !path.startsWith("lib/base/db/"),
      ),
    ).toEqual([])
  })
})

test("every API route is behind the one handler, but for those that say why not", () => {
  const bare = filesBelow("app/api").filter(
    (path) => path.endsWith("route.ts") && !/= handler\(/.test(readFileSync(path, "utf8")),
  )
  expect(bare.filter((path) => !(path in openRoutes))).toEqual([])
  expect(Object.keys(openRoutes).filter((path) => !existsSync(path))).toEqual([])
})

test("only env.ts reads the environment, apart from the launcher and the log", () => {
  const readers = sources
    .filter((path) => readFileSync(path, "utf8").includes("process.env"))
    .map((path) => (dirname(path) === "lib/base" ? path : dirname(path)))
  expect([...new Set(readers)].toSorted()).toEqual([
    "lib/base/env.ts",
    "lib/base/log",
    "lib/run/launch",
    "lib/run/simulation",
  ])
})

test("both languages have the same messages, and none is empty", () => {
  const keysOf = (messages: object, prefix = ""): string[] =>
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === "string"
        ? value === ""
          ? []
          : [`${prefix}${key}`]
        : keysOf(value as object, `${prefix}${key}.`),
    )
  expect(keysOf(zh).toSorted()).toEqual(keysOf(en).toSorted())
})

test("migrations are numbered once", () => {
  const numbers = readdirSync("prisma/migrations")
    .filter((name) => /^\d/.test(name))
    .map((name) => name.slice(0, 14))
  expect(new Set(numbers).size).toBe(numbers.length)
})

describe("READMEs", () => {
  const notOurs = ["node_modules", "test-results", "playwright-report"]
  const folders = readdirSync(".").filter(
    (name) => statSync(name).isDirectory() && !name.startsWith(".") && !notOurs.includes(name),
  )
  const readmes = ["README.md", ...folders.flatMap(filesBelow).filter((path) => path.endsWith("/README.md"))]
  const textOf = (path: string) => readFileSync(path, "utf8")
  const linksOf = (readme: string) =>
    [...textOf(readme).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(([, path = "", anchor]) => ({
      readme,
      path: path === "" ? readme : join(dirname(readme), path),
      anchor,
    }))
  /** As GitHub makes them. */
  const anchorsOf = (path: string) =>
    [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    )

  test("stand in every district", () => {
    expect(readdirSync("lib").filter((name) => !readmes.includes(`lib/${name}/README.md`))).toEqual([
      "README.md",
    ])
  })

  test("name paths and headings that exist", () => {
    const links = readmes.flatMap(linksOf)
    expect(links.length).toBeGreaterThan(100)
    const missing = links.filter(
      ({ path, anchor }) => !existsSync(path) || (anchor !== undefined && !anchorsOf(path).includes(anchor)),
    )
    expect(missing).toEqual([])
  })

  test("begin with a short one", () => {
    expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(150)
  })
})
