import { spawnSync } from "node:child_process"
import { parseArgs } from "node:util"

// Runs integration tests on a Citus cluster: npm run test:citus -- --url postgres://... [files]. The database
// at the address is a coordinator's that knows its nodes. Its user may make databases on all of them.
const { values, positionals } = parseArgs({
  options: { url: { type: "string" } },
  allowPositionals: true,
})
if (!values.url) throw new Error("say which cluster: npm run test:citus -- --url postgres://...")
const args = ["run", "--config", "tests/vitest.config.ts", "--project", "integration"]
// A cluster on one machine is slower than one server.
const patience = ["--testTimeout", "120000", "--hookTimeout", "240000"]
const { status } = spawnSync("npx", ["vitest", ...args, ...patience, ...positionals], {
  stdio: "inherit",
  env: { ...process.env, TEST_CITUS_URL: values.url },
})
process.exitCode = status ?? 1
