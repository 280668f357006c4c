// npm run fuzz: many more cases than in npm test, then hostile clients.
import { spawnSync } from "node:child_process"
import process from "node:process"

const [cases = "10000"] = process.argv.slice(2)

function run(args, env) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } })
  if (status !== 0) process.exit(status || 1)
}

run(
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--config",
    "tests/vitest.config.ts",
    "--project",
    "integration",
    "tests/integration/intake/fuzz.test.ts",
    "tests/integration/intake/fuzz-adapters.test.ts",
    "tests/integration/intake/fuzz-imports.test.ts",
    "tests/integration/run/fuzz-routes.test.ts",
  ],
  { FUZZ_CASES: cases },
)
run(["--import", "tsx", "tests/hostile/main.ts"], { LOG_LEVEL: "silent", FUZZ_CASES: cases })
