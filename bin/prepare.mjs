// Installs packages, generates Prisma's client and builds. Plain JavaScript, because nothing is installed
// yet.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import process from "node:process"

export const step = (text) => process.stdout.write(`• ${text}\n`)

/** Prints a dot every few seconds while `make` blocks this process. */
function ticking(make) {
  // The pipe ends with this process, and the dots with it.
  const script = `process.stdin.on("close", () => process.exit()).resume()
    setInterval(() => process.stdout.write("."), 3000)`
  const ticker = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "inherit", "ignore"] })
  const started = Date.now()
  try {
    make()
  } finally {
    ticker.kill()
    process.stdout.write(` done in ${Math.round((Date.now() - started) / 1000)} s\n`)
  }
}

/** Runs a command. If it fails, this process prints its output and exits. */
export function run(command, args, { quiet = false, env = {} } = {}) {
  const result = spawnSync(command, args, {
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    env: { ...process.env, ...env },
    encoding: "utf8",
    shell: process.platform === "win32",
  })
  if (result.status === 0) return
  if (quiet) process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}`)
  const failure = `${command} ${args.join(" ")} ended with ${result.status ?? result.signal}`
  process.stderr.write(`${result.error?.message ?? failure}\n`)
  process.exit(result.status || 1)
}

/** A remark on an unsupported version of Node, and whether it is too old to go on. Null for 22 and 24. */
export function remarkOn(version) {
  const [major, minor] = version.split(".").map(Number)
  if ((major === 22 && minor >= 12) || major >= 24) return null
  const isTooOld = major < 20 || (major === 20 && minor < 19)
  return {
    isTooOld,
    text: isTooOld
      ? `Tillwatch needs Node 22 or 24. This is ${version}. Install Node 24 LTS from nodejs.org.`
      : `This is Node ${version}. Node 24 LTS from nodejs.org is recommended.`,
  }
}

export function checkNode() {
  const remark = remarkOn(process.versions.node)
  if (!remark) return
  process.stderr.write(`${remark.text}\n`)
  if (remark.isTooOld) process.exit(1)
}

const hashOf = (paths) => {
  const hash = createHash("sha256")
  for (const path of paths) hash.update(path).update(readFileSync(path))
  return hash.digest("hex")
}

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === "generated" ? [] : filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

/** Calls `make` unless the stamp file has the hash of these inputs. */
function unlessDone(stamp, inputs, make) {
  const wanted = hashOf(inputs)
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return
  make()
  mkdirSync(join(stamp, ".."), { recursive: true })
  writeFileSync(stamp, wanted)
}

export function install() {
  unlessDone("node_modules/.tillwatch-installed", ["package.json", "package-lock.json"], () => {
    step("Installing packages (npm ci): takes some minutes the first time")
    ticking(() =>
      run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { env: { NODE_ENV: "development" } }),
    )
  })
  unlessDone("lib/base/db/generated/.made-from", ["prisma/schema.prisma", "package-lock.json"], () => {
    step("Generating the database client")
    run(process.execPath, ["bin/generate.mjs"])
  })
}

export function build() {
  const sources = ["app", "components", "lib"]
    .flatMap(filesBelow)
    .filter((path) => !path.endsWith(".test.ts"))
  const inputs = [
    "package-lock.json",
    "next.config.js",
    "tsconfig.json",
    "prisma/schema.prisma",
    ...sources.toSorted(),
  ]
  unlessDone(
    ".next/tillwatch-built",
    inputs.filter((path) => statSync(path).isFile()),
    () => {
      step("Building (next build): takes up to a minute")
      ticking(() => {
        run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
          quiet: true,
          env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
        })
        run(process.execPath, ["bin/notices.mjs"])
      })
    },
  )
}
