// Installs Chromium for Playwright, unless the system or Playwright has one.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import process from "node:process"
import { chromium } from "@playwright/test"
import { run, step } from "./prepare.mjs"

const onPath = () =>
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  )
const hasOwn = () => existsSync(chromium.executablePath())

if (!process.env.CHROMIUM_PATH && !onPath() && !hasOwn()) {
  step("Installing Chromium (Playwright's own)")
  const own = spawnSync("npx", ["playwright", "install", "--with-deps", "chromium"], {
    stdio: "ignore",
    timeout: 300_000,
  })
  if (own.status !== 0 || !hasOwn()) {
    step("Installing Chromium (Debian's package)")
    const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"]
    const [command, ...rest] = [...sudo, "apt-get"]
    run(command, [...rest, "update", "-qq"], { quiet: true })
    run(command, [...rest, "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"], {
      quiet: true,
      env: { DEBIAN_FRONTEND: "noninteractive" },
    })
  }
}
