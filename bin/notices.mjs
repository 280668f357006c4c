// Writes the licences of all production packages to .next/third-party-notices.txt. Fails if one states none.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import process from "node:process"

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"))
const isNotice = (file) => /^(licen[cs]e|copying|notice|third-party-notices)/i.test(file)

/** The texts of a package's licence. libvips lists the licences of its parts in its README. */
function textsOf(path, license) {
  const files = readdirSync(path, { withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []))
  const notices = files.filter(isNotice)
  const isCopyleft = /GPL|EPL|MPL/.test(license ?? "")
  const chosen = notices.length === 0 && isCopyleft ? files.filter((file) => file === "README.md") : notices
  return chosen.map((file) => readFileSync(join(path, file), "utf8").trim())
}

/** The production packages of the lock file that are installed, each with its licence and its notices. */
export function productionPackages() {
  return Object.entries(readJson("package-lock.json").packages)
    .filter(([path, { dev }]) => path !== "" && !dev && existsSync(join(path, "package.json")))
    .map(([path, { version }]) => {
      const { name, license, licenses, repository, homepage } = readJson(join(path, "package.json"))
      const stated = license?.type ?? license ?? licenses?.map(({ type }) => type).join(" OR ")
      const source = repository?.url ?? repository ?? homepage ?? `https://www.npmjs.com/package/${name}`
      return { name, version, license: stated ?? null, source, texts: textsOf(path, stated) }
    })
}

/** The notices as one text, each package once. */
export function noticesOf(packages) {
  const line = "-".repeat(80)
  const parts = packages.map(({ name, version, license, source, texts }) =>
    [`${name} ${version}`, `Licence: ${license}\nSource: ${source}`, ...texts].join("\n\n"),
  )
  return ["Third-party packages of Tillwatch", ...new Set(parts.toSorted())].join(`\n\n${line}\n\n`) + "\n"
}

export function writeNotices() {
  const packages = productionPackages()
  const without = packages.filter(({ license }) => license === null).map(({ name }) => name)
  if (without.length > 0) {
    process.stderr.write(`These packages state no licence: ${without.join(", ")}\n`)
    process.exit(1)
  }
  writeFileSync(".next/third-party-notices.txt", noticesOf(packages))
}

if (process.argv[1]?.endsWith("notices.mjs")) writeNotices()
