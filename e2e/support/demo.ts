import { execFileSync } from "node:child_process"
import type { Page } from "@playwright/test"
import { demoEmail } from "@/lib/run/simulation/demo-email"
import { address, password } from "./journey"

type Sales = { attempts: number; failures: number; rawAttempts: number; rawFailures: number }

/** What raw rows say about the demo. Sales are of the last seven days, by the id of a store or terminal. */
export type Demo = {
  key: string
  flags: { rule: string; count: number }[]
  total: Sales
  byStore: Record<string, Sales>
  byTerminal: Record<string, Sales>
  days: { from: string; to: string }
}

/** Adds the demo's organisation. */
export const fillDemo = (): Demo =>
  JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", "e2e/support/fill-demo.ts"], {
      env: { ...process.env, DEMO_PASSWORD: password, LOG_LEVEL: "silent" },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    }),
  ) as Demo

export async function signInToDemo(page: Page): Promise<void> {
  await page.goto(`${address()}/sign-in`)
  await page.locator("[name=email]").fill(demoEmail)
  await page.locator("[name=password]").fill(password)
  await page.locator("button[type=submit]").first().click()
  await page.waitForURL(`${address()}/`)
}
