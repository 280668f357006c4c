import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"
import { refusedShapes, shapesOfStatements } from "@/tests/support/cluster-shapes"
import {
  filesBelow,
  folderCycle,
  imports,
  sources,
  importText,
  type Import,
} from "@/tests/support/import-graph"
import { openRoutes } from "@/tests/support/open-routes"
import { unaskedWrites, type Lack } from "@/tests/support/unasked-writes"
import { writers } from "@/tests/support/writers"

const offenders = (isForbidden: (one: Import) => boolean) => imports.filter(isForbidden).map(importText)
const isIn = (folder: string) => (path: string) => path.startsWith(`${folder}/`)
const [inApp, inComponents, inLib] = [isIn("app"), isIn("components"), isIn("lib")]

/** A district may import those before it. */
const districts = ["base", "access", "fleet", "intake", "rollups", "insight", "service", "outlook", "run"]
const districtOf = (path: string) => districts.indexOf(path.split("/")[1] ?? "")
const nounOf = (path: string) => path.split("/").slice(0, 3).join("/")

describe("imports", () => {
  test("are found", () => {
    expect(imports.length).toBeGreaterThan(1000)
  })

  test("go from app to components to lib, never back", () => {
    expect(offenders(({ from, to }) => inLib(from) && !inLib(to))).toEqual([])
    expect(offenders(({ from, to }) => inComponents(from) && inApp(to))).toEqual([])
  })

  test("go only to the same district or those before it", () => {
    expect(sources.filter(({ path }) => inLib(path) && districtOf(path) < 0).map(({ path }) => path)).toEqual(
      [],
    )
    const isUpwards = ({ from, to }: Import) => inLib(from) && inLib(to) && districtOf(to) > districtOf(from)
    expect(offenders(isUpwards)).toEqual([])
    const isTool = (path: string) => dirname(path) === "lib/base"
    expect(offenders(({ from, to }) => isTool(from) && !isTool(to))).toEqual([])
  })

  test("make no cycle of folders", () => {
    expect(folderCycle()).toEqual([])
  })

  test("of a noun's sql.ts come only from that noun", () => {
    const isForeign = ({ from, to }: Import) => /(\/|-)sql\.ts$/.test(to) && nounOf(from) !== nounOf(to)
    expect(offenders(isForeign)).toEqual([])
  })

  test("of components never reach the database", () => {
    const isNow = ({ isType, isLazy }: Import) => !isType && !isLazy
    const reachesDatabase = (path: string, seen = new Set<string>()): boolean => {
      if (seen.has(path)) return false
      seen.add(path)
      if (isIn("lib/base/db")(path) || path === "lib/base/env.ts") return true
      return imports.some((one) => one.from === path && isNow(one) && reachesDatabase(one.to, seen))
    }
    expect(offenders((one) => inComponents(one.from) && isNow(one) && reachesDatabase(one.to))).toEqual([])
  })

  test("of Prisma's generated client come only from lib/base/db", () => {
    const isGenerated = isIn("lib/base/db/generated")
    expect(offenders(({ from, to }) => isGenerated(to) && !isIn("lib/base/db")(from))).toEqual([])
  })
})

test("only components/tables makes tables", () => {
  const makers = sources.filter(
    ({ path, text }) =>
      inComponents(path) &&
      /import \{[^}]*\bTable\b[^}]*\} from "@mantine\/core"|<(table|Table)[\s>]/.test(text),
  )
  expect(makers.map(({ path }) => dirname(path)).filter((folder) => folder !== "components/tables")).toEqual(
    [],
  )
  expect(makers.length).toBeGreaterThan(0)
})

describe("pages", () => {
  const pages = filesBelow("app")
    .filter((path) => path.endsWith("/page.tsx"))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }))
    // Redirects show nothing.
    .filter(({ text }) => text.includes("return"))
  const ofDashboard = pages.filter(({ path }) => path.startsWith("app/(dashboard)/"))

  test("have titles", () => {
    expect(pages.length).toBeGreaterThan(20)
    const isBare = ({ text }: { text: string }) =>
      !/export (async function|const) generateMetadata/.test(text)
    expect(pages.filter(isBare).map(({ path }) => path)).toEqual([])
  })

  test("of the dashboard load their data on the server", () => {
    // These show no data, or pass a whole report to their screen.
    const without = ["settings/api-docs", "settings/send-data", "reports/weekly/[week]"]
    const isBare = ({ path, text }: { path: string; text: string }) =>
      !text.includes("requireActor(") ||
      (!text.includes("<Seeded") && !without.some((folder) => path.includes(folder)))
    expect(ofDashboard.filter(isBare).map(({ path }) => path)).toEqual([])
  })
})

test("verbs that write ask for a permission and make an audit entry, or are listed exceptions", () => {
  const lacks = writers.flatMap(({ path, name, lacks }) => lacks.map((lack) => ({ path, name, lack })))
  const isExcepted = ({ path, lack }: { path: string; lack: Lack }) =>
    unaskedWrites[path]?.lacks.includes(lack) ?? false
  const unexpected = lacks.filter((one) => !isExcepted(one))
  expect(unexpected.map(({ path, name, lack }) => `${path}: ${name} writes without ${lack}`)).toEqual([])
  const needless = Object.entries(unaskedWrites).flatMap(([path, reason]) =>
    reason.lacks
      .filter((lack) => !lacks.some((one) => one.path === path && one.lack === lack))
      .map((lack) => `${path} needs no exception: ${lack}`),
  )
  expect(needless).toEqual([])
})

describe("statements that a cluster's coordinator plans", () => {
  const tables = [...readFileSync("prisma/schema.prisma", "utf8").matchAll(/@@map\("(\w+)"\)/g)].map(
    (match) => match[1] ?? "",
  )

  test("have no shape that Citus refuses", () => {
    expect(shapesOfStatements(tables)).toEqual([])
  })

  test.each<[string, string, number]>([
    [
      "asks heartbeats for each store",
      "select (select min(h.at) from heartbeat h where h.store = s.id) from store s",
      1,
    ],
    [
      "counts all states beside some",
      "select s.app, count(*) over () from terminal_state s order by 1 limit ?",
      1,
    ],
    ["asks heartbeats once", "select (select min(h.at) from heartbeat h where h.at > ?) from store s", 0],
    [
      "looks for sales of each organisation, which are on the coordinator",
      "select 1 from organisation o where exists (select from place_day d where d.org_id = o.id)",
      1,
    ],
    [
      "looks for sales of each store, of which each node has a copy",
      "select 1 from store s where exists (select from place_day d where d.store_id = s.id)",
      1,
    ],
    [
      "looks for stores with sales",
      "select 1 from store s where s.id in (select d.store_id from place_day d)",
      0,
    ],
    [
      "joins flags, which are on the coordinator",
      "select 1 from flag f join heartbeat h on h.terminal_id = f.terminal_id",
      1,
    ],
    [
      "joins stores, of which each node has a copy",
      "select 1 from place_day d join store s on s.id = d.store_id",
      0,
    ],
    [
      "leaves out releases with a course, which is on the coordinator",
      "select 1 from release r left join rollout_course c on c.version = r.version where c.version is null",
      1,
    ],
    [
      "finds the newest heartbeat of each row of a temporary table",
      "select 1 from ? j, lateral (select h.at from heartbeat h where h.terminal_id = j.id limit 1) h",
      1,
    ],
    [
      "may ask for no row beside an outer join",
      "select 1 from heartbeat h left join store s on s.id = h.store where ?::boolean and h.at > ?",
      1,
    ],
    ["counts rows without a column", "select count(*) from (select from heartbeat h limit ?) found", 1],
    ["asks whether there are heartbeats", "select exists (select from heartbeat h where h.at > ?)", 1],
    ["sums before it joins", "select 1 from flag f join (select max(day) from place_day) d on true", 0],
  ])("one that %s", (_what, statement, faults) => {
    expect(refusedShapes(statement, tables)).toHaveLength(faults)
  })
})

test("every API route uses the handler, or is a listed exception", () => {
  const bare = filesBelow("app/api").filter(
    (path) => path.endsWith("route.ts") && !/= handler\(/.test(readFileSync(path, "utf8")),
  )
  expect(bare.filter((path) => !(path in openRoutes))).toEqual([])
  expect(Object.keys(openRoutes).filter((path) => !existsSync(path))).toEqual([])
})

test("only env.ts, the launcher, the log and the demo read the environment", () => {
  const readers = sources
    .filter(({ text }) => text.includes("process.env"))
    .map(({ path }) => (dirname(path) === "lib/base" ? path : dirname(path)))
  expect([...new Set(readers)].toSorted()).toEqual([
    "lib/base/env.ts",
    "lib/base/log",
    "lib/run/demo",
    "lib/run/launch",
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

test("no line is over 110 characters, except imports", () => {
  const files = ["app", "bin", "components", "e2e", "lib", "tests"]
    .flatMap(filesBelow)
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
  expect(files.length).toBeGreaterThan(1000)
  const long = files.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, i) => (line.length > 110 && !line.startsWith("import ") ? [`${path}:${i + 1}`] : [])),
  )
  expect(long).toEqual([])
})

test("no two migrations have the same number", () => {
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
  /** The anchors of headings, as on GitHub. */
  const anchorsOf = (path: string) =>
    [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    )

  test("exist in every district", () => {
    expect(readdirSync("lib").filter((name) => !readmes.includes(`lib/${name}/README.md`))).toEqual([
      "README.md",
    ])
  })

  test("link to paths and headings that exist", () => {
    const links = readmes.flatMap(linksOf)
    expect(links.length).toBeGreaterThan(100)
    const missing = links.filter(
      ({ path, anchor }) => !existsSync(path) || (anchor !== undefined && !anchorsOf(path).includes(anchor)),
    )
    expect(missing).toEqual([])
  })

  test("are short at the top: at most 150 lines", () => {
    expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(150)
  })
})
