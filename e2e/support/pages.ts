import { readdirSync } from "node:fs"
import { join } from "node:path"

const foldersWithPage = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? foldersWithPage(join(folder, entry.name))
      : entry.name === "page.tsx"
        ? [folder]
        : [],
  )

/** Paths of all pages, from the file tree. */
export const templates = foldersWithPage("app")
  .map((folder) => folder.replace(/^app/, "").replaceAll(/\/\([^)]+\)/g, "") || "/")
  .toSorted()

/** Parts of pages that have an address of their own. */
export const views = [
  "/failures?show=stores&groupBy=subcause",
  "/failures?show=followed",
  "/failures?show=sales",
]

/** The path of a page. `found` has an object to show for each path with a parameter. Null without one. */
export function pathOf(template: string, found: Record<string, string | undefined>): string | null {
  const parameter = template.endsWith("[token]") ? "a-token-that-nobody-was-given" : found[template]
  const path = template.replace(/\[\w+\]$/, parameter ?? "")
  return /\[|.\/$/.test(path) ? null : path
}
