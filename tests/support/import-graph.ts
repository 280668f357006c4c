import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseSync, type ParseResult } from "oxc-parser"

const generated = ["generated", ".next"]

/** All files below a folder, except generated ones. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return generated.includes(entry.name) ? [] : filesBelow(path)
    return [path]
  })

export type Source = { path: string; text: string; parsed: ParseResult }

export const sources: Source[] = ["app", "components", "lib"]
  .flatMap(filesBelow)
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts"))
  .map((path) => {
    const text = readFileSync(path, "utf8")
    return { path, text, parsed: parseSync(path, text) }
  })

/** The file of an `@/…` import. */
export function fileOf(specifier: string): string | null {
  if (!specifier.startsWith("@/")) return null
  const path = specifier.slice(2)
  return [path, `${path}.ts`, `${path}.tsx`].find((file) => /\.\w+$/.test(file) && existsSync(file)) ?? path
}

/** An import from one file to another. `isType` if only types are imported, `isLazy` for `import()`. */
export type Import = { from: string; to: string; isType: boolean; isLazy: boolean }

const importsOf = ({ path, text, parsed: { module } }: Source): Import[] => {
  const fixed = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    isType: entries.length > 0 && entries.every((entry) => entry.isType),
    isLazy: false,
  }))
  const passedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest === null ? [] : [{ specifier: moduleRequest.value, isType, isLazy: false }],
    ),
  )
  const lazy = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    specifier: text.slice(start + 1, end - 1),
    isType: false,
    isLazy: true,
  }))
  return [...fixed, ...passedOn, ...lazy].flatMap(({ specifier, ...how }) => {
    const to = fileOf(specifier)
    return to === null ? [] : [{ from: path, to, ...how }]
  })
}

export const imports: Import[] = sources.flatMap(importsOf)

export const importText = ({ from, to }: Import): string => `${from} imports ${to}`

/** One import cycle between folders, or an empty list. */
export function folderCycle(): string[] {
  const across = new Map<string, Import[]>()
  for (const one of imports) {
    const folder = dirname(one.from)
    if (folder !== dirname(one.to)) across.set(folder, [...(across.get(folder) ?? []), one])
  }
  const isDone = new Set<string>()
  const walk = (folder: string, way: Import[]): Import[] | null => {
    const begun = way.findIndex((one) => dirname(one.from) === folder)
    if (begun >= 0) return way.slice(begun)
    if (isDone.has(folder)) return null
    for (const one of across.get(folder) ?? []) {
      const cycle = walk(dirname(one.to), [...way, one])
      if (cycle) return cycle
    }
    isDone.add(folder)
    return null
  }
  for (const folder of across.keys()) {
    const cycle = walk(folder, [])
    if (cycle) return cycle.map(importText)
  }
  return []
}
