import { execFileSync } from "node:child_process"
import type { Page } from "@playwright/test"
import { demoEmail } from "@/lib/run/demo/email"
import { address, password, post } from "./journey"

type Sales = { attempts: number; failures: number; rawAttempts: number; rawFailures: number }

/** What raw rows say about the demo. Sales are of the last seven days, by the id of a store or terminal. */
export type Demo = {
  key: string
  incident: string
  /** The week whose report is frozen. */
  week: string
  total: Sales
  byStore: Record<string, Sales>
  byTerminal: Record<string, Sales>
}

let filled: Demo | null = null

/**
 * Adds the demo's organisation, once. Commands that other journeys use need a single organisation, so files
 * that call this come last.
 */
export function fillDemo(): Demo {
  const printed = filled
    ? null
    : execFileSync(process.execPath, ["--import", "tsx", "e2e/support/fill-demo.ts"], {
        env: { ...process.env, DEMO_PASSWORD: password, LOG_LEVEL: "silent" },
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
      })
  filled ??= JSON.parse(printed ?? "") as Demo
  return filled
}

/** An object of the demo to show for each path with a parameter. */
export async function subjectsOf({ key, incident, week }: Demo): Promise<Record<string, string>> {
  const headers = { authorization: `Bearer ${key}` }
  const first = async (noun: string, component?: string) => {
    const answer = await fetch(`${address()}/api/v1/${noun}`, { headers })
    const { data } = (await answer.json()) as { data: { id: number | string; component?: string }[] }
    return String(data.find((one) => component === undefined || one.component === component)?.id)
  }
  // A file and a record to see.
  const upload = { headers, method: "POST", body: "TERMINAL,AT\nT100000,2026-11-01T00:00:00Z\n" }
  await fetch(`${address()}/api/v1/imports?fileName=beats.csv`, upload)
  await post("/api/v1/heartbeats", key, [{ terminal: "T100000", at: "soon" }])
  return {
    "/terminals/[id]": await first("terminals"),
    "/imports/[id]": await first("imports"),
    "/incidents/[id]": incident,
    "/reports/weekly/[week]": week,
    "/inventory/stores/[id]": await first("stores"),
    "/failures/coaching/[id]": await first("stores"),
    "/inventory/models/[id]": await first("models"),
    "/inventory/releases/[id]": await first("releases", "app"),
  }
}

export async function signInToDemo(page: Page): Promise<void> {
  await page.goto(`${address()}/sign-in`)
  await page.locator("[name=email]").fill(demoEmail)
  await page.locator("[name=password]").fill(password)
  await page.locator("button[type=submit]").first().click()
  await page.waitForURL(`${address()}/`)
}
