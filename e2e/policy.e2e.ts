import { expect, test } from "@playwright/test"
import { faultsOf } from "./support/axe"
import { complaintsOf } from "./support/complaints"
import { givenIncident } from "./support/incident"
import { address, createKey, post, signIn } from "./support/journey"
import { pathOf, templates } from "./support/pages"

/** An object to show for each path with a parameter. */
async function subjects(): Promise<Record<string, string>> {
  const key = createKey("ingest", "read", "write")
  const asKey = { headers: { authorization: `Bearer ${key}` } }
  expect(
    (
      await post("/api/v1/heartbeats", key, [
        { terminal: "E2E-policy", at: new Date().toISOString(), batteryPct: 50 },
      ])
    ).status,
  ).toBe(200)
  const { data } = (await (await fetch(`${address()}/api/v1/terminals?q=E2E-policy`, asKey)).json()) as {
    data: { id: number }[]
  }
  const upload = await fetch(`${address()}/api/v1/imports?fileName=beats.csv`, {
    ...asKey,
    method: "POST",
    body: "terminal,at\nE2E-policy,2026-11-01T00:00:00Z\n",
  })
  const { id: importId } = (await upload.json()) as { id: string }
  const added = async (noun: string, entry: object) => {
    const answer = await fetch(`${address()}/api/v1/${noun}`, {
      method: "POST",
      headers: { ...asKey.headers, "content-type": "application/json" },
      body: JSON.stringify(entry),
    })
    expect(answer.status, noun).toBe(200)
    return String(((await answer.json()) as { id: number }).id)
  }
  const name = `E2E-policy-${Date.now().toString(36)}`
  return {
    "/terminals/[id]": String(data[0]?.id),
    "/imports/[id]": importId,
    "/incidents/[id]": await givenIncident(),
    "/reports/weekly/[week]": "2026-W40",
    "/inventory/stores/[id]": await added("stores", { code: name, name }),
    "/inventory/models/[id]": await added("models", { name, manufacturer: null }),
  }
}

for (const { locale, colorScheme, width } of [
  { locale: "en-GB", colorScheme: "light", width: 1280 },
  { locale: "zh-CN", colorScheme: "dark", width: 390 },
] as const) {
  test(`pages keep their policy and never scroll sideways, and axe finds nothing (${locale})`, async ({
    browser,
  }) => {
    test.setTimeout(600_000)
    const found = await subjects()
    const page = await (
      await browser.newContext({ locale, colorScheme, viewport: { width, height: 844 } })
    ).newPage()
    const complaints = await complaintsOf(page)
    const faults: string[] = []
    await page.goto(`${address()}/sign-in`)
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    faults.push(...(await faultsOf(page)))
    await page.emulateMedia({ colorScheme })
    await signIn(page)
    for (const template of templates) {
      const path = pathOf(template, found) ?? `add ${template} to subjects()`
      const answer = await page.goto(`${address()}${path}`)
      expect(answer?.status(), path).toBe(200)
      await expect(page.getByRole("heading").first()).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width)
      faults.push(...(await faultsOf(page)))
    }
    expect(faults).toEqual([])
    // Both change the page without loading it.
    await page.setViewportSize({ width: 1280, height: 844 })
    await page.goto(address())
    await page.getByRole("button", { name: /^(Switch between light and dark|切换深色或浅色)$/ }).click()
    await page.getByRole("button", { name: /^(中文|English)$/ }).click()
    await expect(page.locator("html")).toHaveAttribute("lang", locale === "zh-CN" ? "en" : "zh-CN")
    await page.getByRole("link", { name: /^(Terminals|终端)$/ }).click()
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    expect(complaints).toEqual([])
  })
}

test("injected markup runs no script", async ({ page }) => {
  const complaints = await complaintsOf(page)
  await page.goto(`${address()}/sign-in`)
  await page.evaluate(() =>
    document.body.insertAdjacentHTML(
      "beforeend",
      `<img src="/nowhere" alt="smuggled" onerror="document.body.dataset.smuggled = 'yes'">`,
    ),
  )
  await expect.poll(() => complaints.join("\n")).toContain("script-src-attr inline")
  expect(await page.evaluate(() => document.body.dataset["smuggled"] ?? "nothing ran")).toBe("nothing ran")
})

test("every answer has security headers, and every page a nonce of its own", async ({ request }) => {
  const policyOf = async (path: string) => {
    const answer = await request.get(`${address()}${path}`)
    expect(answer.headers()).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    })
    for (const name of ["x-powered-by", "access-control-allow-origin"])
      expect(answer.headers()).not.toHaveProperty(name)
    return { policy: answer.headers()["content-security-policy"] ?? "", text: await answer.text() }
  }
  const pages = [await policyOf("/sign-in"), await policyOf("/sign-in"), await policyOf("/no/such/page")]
  const nonces = pages.map(({ policy, text }) => {
    expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(policy).not.toContain("unsafe-eval")
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/)
    const nonce = /script-src 'nonce-([\w-]{22})' 'strict-dynamic'/.exec(policy)?.[1] ?? "none"
    const scripts = [...text.matchAll(/<script\b[^>]*>/g)].map(([script]) => script)
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
    return nonce
  })
  expect(new Set(nonces).size).toBe(pages.length)
  for (const path of ["/api/health", "/api/v1/terminals", "/api/auth/session"]) {
    expect((await policyOf(path)).policy).toBe("default-src 'none'; frame-ancestors 'none'")
  }
})

test("ignores a policy that the client sends", async ({ request }) => {
  const answer = await request.get(`${address()}/sign-in`, {
    headers: { "x-nonce": "guessed", "content-security-policy": "script-src 'nonce-guessed'" },
  })
  expect(await answer.text()).not.toContain("guessed")
  expect(JSON.stringify(answer.headers())).not.toContain("guessed")
})

test("ingest answers have security headers as well", async () => {
  const answer = await fetch(`${address()}/api/v1/heartbeats`, {
    method: "POST",
    headers: { authorization: "Bearer tw_nobody" },
    body: "{}",
  })
  expect(answer.status).toBe(401)
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'")
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff")
})

test.describe("before a page's scripts run", () => {
  test.use({ javaScriptEnabled: false })

  test("the sign-in form keeps what was typed, and sends nothing", async ({ page }) => {
    await page.goto(`${address()}/sign-in`)
    const [email, secret] = [page.getByLabel("Email"), page.getByLabel("Password", { exact: true })]
    await email.fill("lin.wei@example.com")
    await secret.fill("a sentence that nobody guesses")
    const sent: string[] = []
    page.on("request", (request) => sent.push(request.url()))
    await secret.press("Enter")
    await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeDisabled()
    await expect(email).toHaveValue("lin.wei@example.com")
    expect([page.url(), sent]).toEqual([`${address()}/sign-in`, []])
  })
})
