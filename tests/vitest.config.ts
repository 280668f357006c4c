import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const root = fileURLToPath(new URL("..", import.meta.url))
// A zone that no data uses, so that a date in the zone of the process fails a test.
const TZ = process.env["TZ"] ?? "America/St_Johns"
// A cluster on one machine is slower than one server.
const patience = process.env["TEST_CITUS_URL"] ? 4 : 1

const shared = { root, resolve: { alias: { "@": root.replace(/\/$/, "") } } }

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          // Modules are loaded once for all files, which takes half the time.
          isolate: false,
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
          env: { TZ, LOG_LEVEL: "silent", DATABASE_URL: "postgresql://nobody@localhost/none" },
          include: ["lib/**/*.test.ts", "components/**/*.test.ts", "tests/*.test.ts"],
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          sequence: { groupOrder: 1 },
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: "tests/support/global-setup.ts",
          env: { TZ, LOG_LEVEL: "silent", NEXTAUTH_SECRET: "a secret that only tests know, 32 long" },
          testTimeout: 30_000 * patience,
          hookTimeout: 60_000 * patience,
          maxWorkers: 2,
        },
      },
    ],
  },
})
