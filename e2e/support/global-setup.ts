import { spawn } from "node:child_process"
import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import getPort from "get-port"
import { startOidc } from "@/tests/support/oidc"

/**
 * Starts Tillwatch with `npm start -- --no-demo` in a data directory of its own, and puts its address and the
 * admin's password into the environment. Also starts an OIDC provider that has the user Ana.
 */
export default async function setup() {
  const dataDir = mkdtempSync(join(tmpdir(), "tillwatch-e2e-"))
  chmodSync(dataDir, 0o711)
  const port = String(await getPort())
  const oidc = await startOidc({ redirectUri: `http://localhost:${port}/api/auth/callback/oidc` })
  oidc.people.set("ana", {
    email: "ana@example.com",
    email_verified: true,
    name: "Ana",
    groups: ["fleet-viewers"],
  })
  const env = { ...process.env, ...oidc.env, PORT: port, TILLWATCH_DATA_DIR: dataDir, LOG_LEVEL: "warn" }
  const tillwatch = spawn(process.execPath, ["bin/start.mjs", "--no-demo"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  })
  const ended = new Promise<void>((resolve) => tillwatch.on("exit", () => resolve()))

  const output = await new Promise<string>((resolve, reject) => {
    let text = ""
    tillwatch.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes("Stop it with Ctrl-C")) resolve(text)
    })
    tillwatch.on("exit", () => reject(new Error(`Tillwatch did not start:\n${text}`)))
  })
  const [, email, password] = /Sign in as (\S+) with the one-time password (\S+)/.exec(output) ?? []
  if (!email || !password) throw new Error(`Tillwatch printed no one-time password:\n${output}`)
  Object.assign(process.env, {
    TILLWATCH_URL: `http://localhost:${port}`,
    TILLWATCH_DATA_DIR: dataDir,
    ADMIN_EMAIL: email,
    ONE_TIME_PASSWORD: password,
  })

  return async () => {
    tillwatch.kill("SIGTERM")
    await ended
    await oidc.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
