// npm test: everything that has to be true, from a fresh clone.
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
step("PostgreSQL, web and worker killed under load (one short run)")
run(process.execPath, ["--import", "tsx", "tests/crash/main.ts", "--runs", "1", "--seconds", "6"], {
  env: { LOG_LEVEL: "silent" },
})
step("Two web and two worker processes on one database")
run(process.execPath, ["--import", "tsx", "tests/many/main.ts"], { env: { LOG_LEVEL: "silent" } })
step(
  "Slow and broken clients, a search for card numbers in everything that is left behind, and a clean end under load",
)
run(process.execPath, ["--import", "tsx", "tests/hostile/main.ts"], { env: { LOG_LEVEL: "silent" } })
step("End-to-end tests (Chromium)")
node("bin/browser.mjs")
node("node_modules/@playwright/test/cli.js", "test", "-c", "e2e")
step("All tests passed")
