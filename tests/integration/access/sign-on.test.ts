import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  provider,
  startProvider,
  useProvider,
  givenSignOn,
  givenProfile,
  pressButton,
  passProvider,
  isPage,
  signIn,
  userOf,
  auditEntriesOf,
  mayRead,
} from "@/tests/support/sign-on"
import { Browser } from "@/tests/support/sso-browser"

useDatabase()
useProvider()

describe("a sign-in through the provider", () => {
  test("gives the user what the groups give, with audit entries", async () => {
    const { orgId, groups, map } = await givenSignOn()
    expect((await map({ group: groups.viewers, role: "viewer" })).status).toBe(200)
    const { subject, email } = givenProfile({ groups: [groups.viewers, "anything else"] })
    const { page, headers } = await signIn(subject)
    expect(page).toBe("/flags")
    expect(await mayRead(headers)).toBe(true)
    expect(await userOf(email)).toMatchObject({
      org_id: orgId,
      name: "Ana",
      role: "viewer",
      reach: null,
      oidc_subject: `${provider.env["OIDC_ISSUER"]}|${subject}`,
    })
    expect(await auditEntriesOf(orgId)).toMatchObject([
      { action: "mapping.added" },
      { action: "user.arrived", after: { role: "viewer", reach: null } },
    ])
  })

  test("gives the role with the most permissions and the places of all groups", async () => {
    const { orgId, groups, map } = await givenSignOn()
    const [a, b, c] = [await givenStore(orgId), await givenStore(orgId), await givenStore(orgId)]
    for (const store of [a, b, c]) await givenTerminal(orgId, store)
    await map({
      group: groups.viewers,
      role: "viewer",
      reach: { merchants: [], regions: [], stores: [b.storeId] },
    })
    await map({
      group: groups.managers,
      role: "manager",
      reach: { merchants: [], regions: [], stores: [a.storeId] },
    })
    const { subject, email } = givenProfile({ groups: [groups.viewers, groups.managers] })
    const { headers } = await signIn(subject)
    expect(await userOf(email)).toMatchObject({
      role: "manager",
      reach: { merchants: [], regions: [], stores: [a.storeId, b.storeId] },
    })
    expect(
      await (await call(getTerminals, "/api/v1/terminals", { headers: headers ?? {} })).json(),
    ).toMatchObject({ total: 2 })

    await map({ group: groups.technicians, role: "technician" })
    provider.people.set(subject, { email, email_verified: true, groups: Object.values(groups) })
    await signIn(subject)
    expect(await userOf(email)).toMatchObject({ role: "manager", reach: null })
    expect(await mayRead(headers), "sessions with the former rights are over").toBe(false)
  })

  test("ends the browser's former session", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const browser = new Browser()
    const first = await signIn(givenProfile({ groups: groups.viewers }).subject, browser)
    browser.forget(new URL(provider.env["OIDC_ISSUER"] ?? "").host)
    const second = await signIn(givenProfile({ groups: groups.viewers }).subject, browser)
    expect([await mayRead(first.headers), await mayRead(second.headers)]).toEqual([false, true])
  })

  test("is refused without a mapped group", async () => {
    await givenSignOn()
    const { subject, email } = givenProfile({ groups: "unknown" })
    expect(await signIn(subject)).toEqual({ page: "/sign-in", error: "no_access", headers: null })
    expect(await userOf(email)).toBeUndefined()
  })

  test("is refused when the group is taken away, and ends all sessions", async () => {
    const { orgId, groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: groups.viewers })
    const { headers } = await signIn(subject)
    provider.people.set(subject, { email, email_verified: true, groups: [] })
    expect(await signIn(subject)).toMatchObject({ error: "no_access", headers: null })
    expect(await mayRead(headers)).toBe(false)
    expect((await auditEntriesOf(orgId)).at(-1)).toMatchObject({ action: "user.refused" })
  })

  test("is refused with a reason if two organisations map the groups", async () => {
    const [one, other] = [await givenSignOn(), await givenSignOn()]
    await one.map({ group: one.groups.viewers, role: "viewer" })
    await other.map({ group: other.groups.viewers, role: "viewer" })
    const { subject } = givenProfile({ groups: [one.groups.viewers, other.groups.viewers] })
    expect(await signIn(subject)).toMatchObject({ error: "two_organisations", headers: null })
  })

  test("works although another organisation maps the same group", async () => {
    const [own, other] = [await givenSignOn(), await givenSignOn()]
    await own.map({ group: own.groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: [own.groups.viewers] })
    const first = await signIn(subject)
    await other.map({ group: own.groups.viewers, role: "manager" })
    expect(await signIn(subject)).toMatchObject({ error: null })
    expect(await mayRead(first.headers), "the other sessions go on").toBe(true)
    expect(await userOf(email)).toMatchObject({ org_id: own.orgId, role: "viewer" })
  })

  test("is refused for a disabled user and for an unverified email", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const disabled = givenProfile({ groups: groups.viewers })
    await signIn(disabled.subject)
    await asWorker((db) =>
      db.query(sql`update app_user set disabled_at = now() where email = ${disabled.email}`),
    )
    expect(await signIn(disabled.subject)).toMatchObject({ error: "disabled", headers: null })
    const unverified = givenProfile({ groups: groups.viewers, email_verified: false })
    expect(await signIn(unverified.subject)).toMatchObject({ error: "unverified_email", headers: null })
  })

  test("finds groups that are only in the user info", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    await provider.stop()
    await startProvider({ conformIdTokenClaims: true })
    const { subject } = givenProfile({ groups: [groups.viewers] })
    expect(await mayRead((await signIn(subject)).headers)).toBe(true)
  })
})

describe("an answer that does not belong to the browser's request", () => {
  test.each(["nonce", "code_challenge"])("with another %s is refused", async (parameter) => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: groups.viewers })
    const browser = new Browser()
    const authorization = await pressButton(browser)
    authorization.searchParams.set(parameter, "n".repeat(43))
    const arrived = await browser.follow(await passProvider(browser, authorization, subject), isPage)
    expect([arrived.pathname, arrived.searchParams.get("error")]).toEqual(["/sign-in", "OAuthCallback"])
    expect(browser.cookie("next-auth.session-token")).toBeUndefined()
    expect(await userOf(email)).toBeUndefined()
  })

  test("begun in another browser is refused", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject } = givenProfile({ groups: groups.viewers })
    const [attacker, victim] = [new Browser(), new Browser()]
    const callback = await passProvider(attacker, await pressButton(attacker), subject)
    await pressButton(victim)
    const arrived = await victim.follow(callback, isPage)
    expect([arrived.pathname, arrived.searchParams.get("error")]).toEqual(["/sign-in", "OAuthCallback"])
    expect(victim.cookie("next-auth.session-token")).toBeUndefined()
  })

  test("cancelling at the provider leads back to the sign-in page", async () => {
    const browser = new Browser()
    const arrived = await browser.follow("/api/auth/callback/oidc?error=access_denied", isPage)
    expect([arrived.pathname, arrived.searchParams.get("error")]).toEqual(["/sign-in", "Callback"])
  })
})
