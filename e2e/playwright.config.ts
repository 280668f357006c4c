import { existsSync } from "node:fs"
import { defineConfig } from "@playwright/test"

const onPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
)
const executablePath = process.env["CHROMIUM_PATH"] ?? onPath

export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  outputDir: "../test-results",
  globalSetup: "./support/global-setup.ts",
  // All tests run in order on one Tillwatch, because they share its organisation.
  workers: 1,
  timeout: 60_000,
  forbidOnly: Boolean(process.env["CI"]),
  reporter: "list",
  use: {
    locale: "en-GB",
    timezoneId: "Asia/Shanghai",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
})
