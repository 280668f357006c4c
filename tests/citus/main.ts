import { spawnSync } from "node:child_process"
import { parseArgs } from "node:util"

// Runs on a Citus cluster. The database at the address is a coordinator's that knows its nodes. Its user may
// make databases on all of them.
const usage = [
  "npm run test:citus -- --url postgres://... [files]      integration tests",
  "npm run test:citus -- --url postgres://... --crash      the crash run",
  "                                     [--runs 3] [--seconds 15] [--restart COMMAND]",
  "npm run test:citus -- --url postgres://... --figures    ingest and fold beside plain PostgreSQL",
  "                                     [--runs 3]           with all nodes on this machine",
].join("\n")

const { values, positionals } = parseArgs({
  options: {
    url: { type: "string" },
    crash: { type: "boolean" },
    figures: { type: "boolean" },
    runs: { type: "string", default: "3" },
    seconds: { type: "string", default: "15" },
    // Stops a node at once and starts it again. It gets the node's port.
    restart: { type: "string" },
  },
  allowPositionals: true,
})

const node = (...args: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", ...args], { stdio: "inherit" })

function tests(url: string) {
  const args = ["run", "--config", "tests/vitest.config.ts", "--project", "integration"]
  return spawnSync("npx", ["vitest", ...args, ...positionals], {
    stdio: "inherit",
    env: { ...process.env, TEST_CITUS_URL: url },
  })
}

function crash(url: string) {
  const restart = values.restart ? ["--restart", values.restart] : []
  const load = ["--runs", values.runs, "--seconds", values.seconds]
  return node("tests/crash/main.ts", "--url", url, ...load, ...restart)
}

if (!values.url) throw new Error(`Usage:\n${usage}`)
const { status } = values.crash
  ? crash(values.url)
  : values.figures
    ? node("tests/citus/figures.ts", values.url, values.runs)
    : tests(values.url)
process.exitCode = status ?? 1
