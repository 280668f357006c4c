import { expect, test } from "@playwright/test"
import { complaintsOf } from "./support/complaints"
import { address } from "./support/journey"

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
