// npm test: all checks and tests, from a fresh clone.
import process from "node:process"
import { build, checkNode, install, run, step } from "./prepare.mjs"

checkNode()
install()

const node = (...args) => run(process.execPath, args)

step("Format")
run("npx", ["oxfmt", "--check"])
step("Lint")
run("npx", ["oxlint", "--type-aware", "--deny-warnings"])
step("Types")
run("npx", ["next", "typegen"], { quiet: true })
run("npx", ["tsc", "--noEmit"])
step("Unit and integration tests (embedded PostgreSQL)")
node("node_modules/vitest/vitest.mjs", "run", "--config", "tests/vitest.config.ts")
build()
step("Crash test: PostgreSQL, web server and worker killed under load (one short run)")
run(process.execPath, ["--import", "tsx", "tests/crash/main.ts", "--runs", "1", "--seconds", "6"], {
  env: { LOG_LEVEL: "silent" },
})
step("Many processes: two web servers and two workers on one database")
run(process.execPath, ["--import", "tsx", "tests/many/main.ts"], { env: { LOG_LEVEL: "silent" } })
step("Hostile clients, no card number stored anywhere, and a clean stop under load")
run(process.execPath, ["--import", "tsx", "tests/hostile/main.ts"], { env: { LOG_LEVEL: "silent" } })
step("End-to-end tests (Chromium)")
node("bin/browser.mjs")
node("node_modules/@playwright/test/cli.js", "test", "-c", "e2e")
step("All tests passed")
