import { gzipSync } from "node:zlib"
import { expect, test } from "@playwright/test"
import {
  address,
  createKey,
  email,
  oneTimePassword,
  password,
  post,
  signIn,
  signInByForm,
} from "./support/journey"

test.describe.configure({ mode: "serial" })

test("redirects a visitor to sign in, and rejects a wrong password", async ({ page }) => {
  await page.goto(`${address()}/flags`)
  await expect(page).toHaveURL(/\/sign-in\?callback=%2Fflags$/)
  await page.getByLabel("Email").fill(email())
  await page.getByLabel("Password", { exact: true }).fill("not the password")
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await expect(page.getByRole("alert").filter({ hasText: "incorrect" })).toBeVisible()
})

test("asks for a new password before anything else", async ({ page }) => {
  await page.goto(`${address()}/sign-in`)
  await page.getByLabel("Email").fill(email())
  await page.getByLabel("Password", { exact: true }).fill(oneTimePassword())
  await page.getByRole("button", { name: "Sign in", exact: true }).click()
  await expect(page.getByRole("heading", { name: "Change password" })).toBeVisible()
  await page.goto(`${address()}/terminals`)
  await expect(page).toHaveURL(/change-password/)
  await page.getByLabel("One-time password").fill(oneTimePassword())
  await page.getByLabel("New password", { exact: true }).fill(password)
  await page.getByLabel("Repeat the new password").fill(password)
  await page.getByRole("button", { name: "Change password" }).click()
  await expect(page.getByRole("heading", { name: "Your first terminal" })).toBeVisible()
})

for (const { locale, terminals, device } of [
  { locale: "en-GB", terminals: "Terminals", device: "Device" },
  { locale: "zh-CN", terminals: "终端总数", device: "设备" },
]) {
  test(`shows a heartbeat and a decline within ten seconds (${locale})`, async ({ browser }) => {
    const page = await (await browser.newContext({ locale })).newPage()
    await signIn(page)
    await page.goto(address())
    const key = createKey("ingest", "read", "write")
    expect(key).toMatch(/^tw_[\w-]+$/)
    const serial = `E2E-${locale}`
    const at = new Date().toISOString()
    expect(
      (await post("/api/v1/heartbeats", key, [{ terminal: serial, at, batteryPct: 77, app: "5.2.1" }]))
        .status,
    ).toBe(200)
    const declined = {
      terminal: serial,
      at,
      id: `1-${locale}`,
      outcome: "declined",
      codeSystem: "ums-mispos",
      code: "2M",
      entryMode: "chip",
      amountMinor: 12_345,
      currency: "CNY",
    }
    expect((await post("/api/v1/transactions", key, [declined])).status).toBe(200)

    const overview = page.getByRole("main")
    await expect(overview.getByRole("link", { name: new RegExp(terminals) }).first()).toBeVisible({
      timeout: 10_000,
    })
    const chart = page.getByRole("region", { name: /^(Failure rate over time|失败率走势)$/ })
    await chart.getByRole("button", { name: /^(Show as table|显示为表格)$/ }).click()
    await expect(chart.getByRole("columnheader", { name: device })).toBeVisible()
    await expect(chart.getByRole("row").nth(1)).toContainText("100", { timeout: 10_000 })

    await page.goto(`${address()}/terminals?q=${serial}`)
    await page.getByRole("link", { name: serial }).click()
    await expect(page.getByRole("heading", { name: serial })).toBeVisible()
    await expect(page.getByText("77%").first()).toBeVisible({ timeout: 10_000 })
    await expect(page.getByRole("cell", { name: device }).first()).toBeVisible({ timeout: 10_000 })
    await expect(page.getByText("5.2.1").first()).toBeVisible()
  })
}

test("accepts an upload of 15 MB and answers for each record", async () => {
  const key = createKey("ingest", "read", "write")
  const padding = "x".repeat(330)
  const records = Array.from({ length: 40_000 }, (_, i) => ({
    terminal: "E2E-bulk",
    at: new Date(Date.now() - i * 1_000).toISOString(),
    note: padding,
  }))
  const body = records.map((record) => JSON.stringify(record)).join("\n")
  expect(body.length).toBeGreaterThan(15 * 1024 * 1024)
  const send = (headers: Record<string, string>, data: BodyInit) =>
    fetch(`${address()}/api/v1/heartbeats`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson", ...headers },
      body: data,
    })
  expect(await (await send({}, body)).json()).toMatchObject({
    accepted: 40_000,
    rejected: 0,
    ignored: ["note"],
  })
  expect(await (await send({ "content-encoding": "gzip" }, gzipSync(body))).json()).toMatchObject({
    accepted: 0,
    duplicates: 40_000,
  })
})

test("the overview loads at most 300 KB of scripts, gzipped", async ({ page }) => {
  await signIn(page)
  const html = await (await page.request.get(`${address()}/`)).text()
  const scripts = [
    ...new Set(
      [...html.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"(?![^>]*nomodule)/gi)].map(
        (match) => match[1] ?? "",
      ),
    ),
  ]
  expect(scripts.length).toBeGreaterThan(3)
  let bytes = 0
  for (const script of scripts)
    bytes += gzipSync(await (await page.request.get(new URL(script, address()).toString())).body()).length
  expect(bytes).toBeLessThanOrEqual(300 * 1024)
})

test("signing out ends the session, even before scripts run", async ({ page, browser }) => {
  await signInByForm(page)
  const without = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const still = await without.newPage()
  await still.goto(address())
  await still.getByRole("button", { name: "Sign out" }).click()
  await expect(still).toHaveURL(`${address()}/sign-in`)
  await without.close()
  await page.goto(`${address()}/terminals`)
  await expect(page).toHaveURL(/sign-in/)
})
