import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as renewCodes } from "@/app/api/v1/account/recovery-codes/route"
import { GET as getAccount } from "@/app/api/v1/account/route"
import { DELETE as disableTotp, POST as beginTotp, PUT as confirmTotp } from "@/app/api/v1/account/totp/route"
import { POST as changePassword } from "@/app/api/v1/password/route"
import { asWorker } from "@/lib/base/db/transaction"
import { codeOf, auditEntriesOf, givenAccount, goodPassword, turnTotpOn } from "@/tests/support/accounts"
import { Browser } from "@/tests/support/browser"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

process.env["NEXTAUTH_URL"] = "https://tillwatch.example.com"
useDatabase()

const account = (headers: Record<string, string>) => call(getAccount, "/api/v1/account", { headers })
const refused = { status: 401, error: "CredentialsSignin" }
const json = (body: object) => JSON.stringify(body)

async function givenSignedIn() {
  const { orgId } = await givenOrganisation()
  const user = await givenAccount(orgId)
  const browser = new Browser()
  expect(await browser.signIn(user)).toEqual({ status: 200, error: null })
  return { orgId, browser, ...user }
}

test("next-auth's routes accept no long body and log nothing of it", async () => {
  const browser = new Browser()
  const long = await browser.send("callback/credentials", { email: "a".repeat(16 * 1024) })
  expect([long.status, await long.json()]).toMatchObject([413, { code: "too_large" }])
  expect((await browser.send("_log", { code: "a lie" })).status).toBe(404)
})

describe("signing in", () => {
  test("sets cookies that neither scripts nor other sites can use", async () => {
    const { browser, email } = await givenSignedIn()
    expect(await (await account(browser.headers)).json()).toMatchObject({
      email,
      role: "viewer",
      reach: null,
      isTotpOn: false,
    })
    expect([...browser.jar.keys()].toSorted()).toEqual([
      "__Host-next-auth.callback-url",
      "__Host-next-auth.csrf-token",
      "__Host-next-auth.session-token",
    ])
    for (const { flags } of browser.jar.values()) {
      expect(flags).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]))
      expect(flags.filter((flag) => flag.startsWith("Domain"))).toEqual([])
    }
  })

  test("answers wrong passwords, unknown emails and disabled users the same", async () => {
    const { orgId, email } = await givenSignedIn()
    const gone = await givenAccount(orgId)
    await asWorker((db) => db.query(sql`update app_user set disabled_at = now() where email = ${gone.email}`))
    const passwordless = await givenPerson(orgId, "viewer")
    for (const given of [
      { email, password: "not the password" },
      { email: "nobody@example.com", password: goodPassword },
      { email: "nobody\0@example.com", password: goodPassword },
      gone,
      { email: passwordless.email, password: goodPassword },
    ]) {
      const browser = new Browser()
      expect(await browser.signIn(given)).toEqual(refused)
      expect(browser.jar.has("__Host-next-auth.session-token")).toBe(false)
    }
  })

  test("is refused without the form's CSRF token", async () => {
    const { email, password } = await givenSignedIn()
    const browser = new Browser()
    await browser.signIn({ email, password }, { csrfToken: "of another site" })
    expect(browser.jar.has("__Host-next-auth.session-token")).toBe(false)
  })

  test("accepts the password in any Unicode composition and the email in capitals", async () => {
    const { browser, email } = await givenSignedIn()
    const changed = await call(changePassword, "/api/v1/password", {
      headers: browser.headers,
      body: json({ current: goodPassword, next: "cafe\u0301 cre\u0300me matinal" }),
    })
    expect(changed.status).toBe(200)
    expect(
      (await new Browser().signIn({ email: email.toUpperCase(), password: "caf\u00e9 cr\u00e8me matinal" }))
        .status,
    ).toBe(200)
  })

  test("ends the browser's former session; signing out ends the current one", async () => {
    const { browser, email, password } = await givenSignedIn()
    const former = browser.headers
    await browser.signIn({ email, password })
    expect((await account(former)).status).toBe(401)
    const latter = browser.headers
    expect((await account(latter)).status).toBe(200)
    await browser.signOut()
    expect((await account(latter)).status).toBe(401)
    expect(browser.jar.has("__Host-next-auth.session-token")).toBe(false)
  })
})

describe("two-step verification", () => {
  test("asks for the code only after the right password", async () => {
    const { browser, email, password } = await givenSignedIn()
    const { secret } = await turnTotpOn(browser.headers)
    expect(await new Browser().signIn({ email, password: "not the password" })).toEqual(refused)
    expect(await new Browser().signIn({ email, password: "not the password", code: codeOf(secret) })).toEqual(
      refused,
    )
    expect(await new Browser().signIn({ email, password })).toEqual({ status: 401, error: "codeNeeded" })
    expect(await new Browser().signIn({ email, password, code: "000000" })).toEqual({
      status: 401,
      error: "codeWrong",
    })
  })

  test("accepts each code once, also from two browsers at once", async () => {
    const { browser, email, password } = await givenSignedIn()
    const { secret } = await turnTotpOn(browser.headers)
    const code = codeOf(secret)
    const results = await Promise.all([1, 2, 3].map(() => new Browser().signIn({ email, password, code })))
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await new Browser().signIn({ email, password, code: codeOf(secret, -1) })).error).toBe(
      "codeWrong",
    )
    expect((await new Browser().signIn({ email, password, code: codeOf(secret, 1) })).status).toBe(200)
  })

  test("is locked after five wrong codes, also for the right one", async () => {
    const { browser, email, password } = await givenSignedIn()
    const { secret } = await turnTotpOn(browser.headers)
    const from = (i: number) => new Browser(undefined, `198.51.100.${i}`)
    for (let i = 0; i < 5; i += 1)
      expect((await from(i).signIn({ email, password, code: "000000" })).error).toBe("codeWrong")
    expect((await from(6).signIn({ email, password, code: codeOf(secret) })).status).toBe(429)
  })

  test("accepts each recovery code once, in any spelling, and renewing ends the old ones", async () => {
    const { orgId, browser, email, password } = await givenSignedIn()
    const { codes } = await turnTotpOn(browser.headers)
    const [first = "", second = ""] = codes
    expect(new Set(codes).size).toBe(10)
    expect(
      (await new Browser().signIn({ email, password, code: ` ${first.toUpperCase().replaceAll("-", " ")}` }))
        .status,
    ).toBe(200)
    expect((await new Browser().signIn({ email, password, code: first })).error).toBe("codeWrong")
    expect(await (await account(browser.headers)).json()).toMatchObject({
      isTotpOn: true,
      recoveryCodesLeft: 9,
    })

    const renewed = await call(renewCodes, "/api/v1/account/recovery-codes", {
      headers: browser.headers,
      body: json({ password }),
    })
    const {
      codes: [fresh = ""],
    } = (await renewed.json()) as { codes: string[] }
    expect((await new Browser().signIn({ email, password, code: second })).error).toBe("codeWrong")
    expect((await new Browser().signIn({ email, password, code: fresh })).status).toBe(200)
    expect(await auditEntriesOf(orgId)).toEqual([
      "second_step.begun",
      "second_step.turned_on",
      "recovery_code.used",
      "recovery_codes.renewed",
      "recovery_code.used",
    ])
  })

  test("is on after a right code, and needs the password to turn on and off", async () => {
    const { browser, email, password } = await givenSignedIn()
    const { headers } = browser
    const wrong = json({ password: "not the password" })
    expect((await call(beginTotp, "/api/v1/account/totp", { headers, body: wrong })).status).toBe(422)
    await call(beginTotp, "/api/v1/account/totp", { headers, body: json({ password }) })
    expect(
      (
        await call(confirmTotp, "/api/v1/account/totp", {
          method: "PUT",
          headers,
          body: json({ code: "000000" }),
        })
      ).status,
    ).toBe(422)
    expect((await new Browser().signIn({ email, password })).status).toBe(200)

    await turnTotpOn(headers)
    expect(
      (await call(beginTotp, "/api/v1/account/totp", { headers, body: json({ password }) })).status,
    ).toBe(409)
    expect(
      (await call(disableTotp, "/api/v1/account/totp", { method: "DELETE", headers, body: wrong })).status,
    ).toBe(422)
    expect((await new Browser().signIn({ email, password })).error).toBe("codeNeeded")
    expect(
      (
        await call(disableTotp, "/api/v1/account/totp", {
          method: "DELETE",
          headers,
          body: json({ password }),
        })
      ).status,
    ).toBe(200)
    expect((await new Browser().signIn({ email, password })).status).toBe(200)
  })

  test("encrypts the secret, and is not available to a user without a password", async () => {
    const { orgId, browser, email } = await givenSignedIn()
    const { secret, codes } = await turnTotpOn(browser.headers)
    const [row] = await asWorker((db) =>
      db.query<{ text: string }>(sql`
      select encode(u.totp_secret, 'escape') || (select string_agg(encode(code_hash, 'escape'), '')
        from recovery_code where user_id = u.id) as text
        from app_user u where email = ${email}`),
    )
    for (const secretText of [secret, ...codes]) expect(row?.text).not.toContain(secretText)
    const passwordless = await givenPerson(orgId, "viewer")
    expect(
      (
        await call(beginTotp, "/api/v1/account/totp", {
          headers: { ...browser.headers, cookie: passwordless.headers["cookie"] ?? "" },
          body: json({ password: "" }),
        })
      ).status,
    ).toBe(422)
  })
})
