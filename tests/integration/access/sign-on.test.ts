import { randomUUID } from "node:crypto"
import sql from "sql-template-tag"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { DELETE as removeMapping } from "@/app/api/v1/group-mappings/[id]/route"
import { GET as getMappings, PUT as putMapping } from "@/app/api/v1/group-mappings/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import type { GroupMapping } from "@/lib/access/sign-on/schemas"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { startOidc, type OidcServer, type Profile } from "@/tests/support/oidc"
import { givenPerson } from "@/tests/support/people"
import { Browser } from "@/tests/support/sso-browser"

useDatabase()
process.env["NEXTAUTH_URL"] = "http://localhost"
const redirectUri = "http://localhost/api/auth/callback/oidc"

let server: OidcServer
const start = async (options: { conformIdTokenClaims?: boolean } = {}) => {
  server = await startOidc({ redirectUri, ...options })
  Object.assign(process.env, server.env)
}
beforeAll(() => start())
afterAll(() => server.stop())

type Mapping = {
  group: string
  role: string
  reach?: { merchants: number[]; regions: number[]; stores: number[] } | null
}

/**
 * An organisation whose admin has mapped groups. Group names are unique, because all tests share one
 * provider.
 */
async function givenSignOn() {
  const org = await givenOrganisation()
  const admin = await givenPerson(org.orgId, "admin")
  const suffix = randomUUID().slice(0, 8)
  const groups = {
    managers: `managers-${suffix}`,
    viewers: `viewers-${suffix}`,
    technicians: `technicians-${suffix}`,
  }
  const map = (mapping: Mapping) =>
    call(putMapping, "/api/v1/group-mappings", {
      method: "PUT",
      headers: admin.headers,
      body: JSON.stringify({ reach: null, ...mapping }),
    })
  return { ...org, admin, groups, map }
}

function givenProfile(profile: Profile = {}): Required<Pick<Profile, "email">> & { subject: string } {
  const subject = `subject-${randomUUID()}`
  const email = profile.email ?? `${subject}@example.com`
  server.people.set(subject, { email, email_verified: true, name: "Ana", ...profile })
  return { subject, email }
}

/** Presses the button. Returns the provider's address that it leads to. */
async function pressButton(browser: Browser): Promise<URL> {
  const { csrfToken } = (await (await browser.fetch("/api/auth/csrf")).json()) as { csrfToken: string }
  const response = await browser.fetch("/api/auth/signin/oidc", {
    csrfToken,
    callbackUrl: "http://localhost/flags",
    json: "true",
  })
  return new URL(((await response.json()) as { url: string }).url)
}

/**
 * Signs in at the provider as `subject`. Returns the address that the provider sends the browser back to.
 */
async function passProvider(browser: Browser, authorization: URL, subject: string): Promise<URL> {
  const isOurs = (url: URL) => url.origin === "http://localhost"
  const page = await browser.follow(
    authorization,
    (url) => isOurs(url) || url.pathname.startsWith("/interaction/"),
  )
  const submitted = await browser.fetch(page, { prompt: "login", login: subject, password: "any" })
  return browser.follow(new URL(submitted.headers.get("location") ?? "", page), isOurs)
}

const isPage = (url: URL) => !url.pathname.startsWith("/api/")

async function signIn(subject: string, browser = new Browser()) {
  const callback = await passProvider(browser, await pressButton(browser), subject)
  const arrived = await browser.follow(callback, isPage)
  const token = browser.cookie("next-auth.session-token")
  return {
    page: arrived.pathname,
    error: arrived.searchParams.get("error"),
    headers:
      token === undefined
        ? null
        : { cookie: `next-auth.session-token=${token}`, host: "localhost", origin: "http://localhost" },
  }
}

type User = {
  id: string
  org_id: string
  name: string
  role: string
  reach: object | null
  oidc_subject: string | null
}
const userOf = async (email: string) =>
  (
    await asWorker((db) =>
      db.query<User>(
        sql`select id, org_id, name, role, reach, oidc_subject from app_user where email = ${email}`,
      ),
    )
  )[0]
const auditEntriesOf = (orgId: string) =>
  asWorker((db) =>
    db.query<{ action: string; before: object | null; after: object | null }>(sql`
    select action, before, after from audit_entry where org_id = ${orgId}::uuid order by id`),
  )

const mayRead = async (headers: Record<string, string> | null) =>
  (await call(getTerminals, "/api/v1/terminals", { headers: headers ?? {} })).status === 200

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
      oidc_subject: `${server.env["OIDC_ISSUER"]}|${subject}`,
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
    server.people.set(subject, { email, email_verified: true, groups: Object.values(groups) })
    await signIn(subject)
    expect(await userOf(email)).toMatchObject({ role: "manager", reach: null })
    expect(await mayRead(headers), "sessions with the former rights are over").toBe(false)
  })

  test("ends the browser's former session", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const browser = new Browser()
    const first = await signIn(givenProfile({ groups: groups.viewers }).subject, browser)
    browser.forget(new URL(server.env["OIDC_ISSUER"] ?? "").host)
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
    server.people.set(subject, { email, email_verified: true, groups: [] })
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
    await server.stop()
    await start({ conformIdTokenClaims: true })
    const { subject } = givenProfile({ groups: [groups.viewers] })
    expect(await mayRead((await signIn(subject)).headers)).toBe(true)
  })
})

describe("a known email", () => {
  const givenUser = async (
    orgId: string,
    email: string,
    { role = "viewer", passwordHash = null as string | null } = {},
  ) =>
    asWorker((db) =>
      db.query(
        sql`
          insert into app_user (org_id, email, role, password_hash)
          values (${orgId}::uuid, ${email}, ${role}, ${passwordHash})`,
      ),
    )

  test("with a password is not taken over", async () => {
    const { orgId, groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: groups.viewers })
    await givenUser(orgId, email, { passwordHash: "a hash" })
    expect(await signIn(subject)).toMatchObject({ error: "email_taken", headers: null })
    expect(await userOf(email)).toMatchObject({ oidc_subject: null })
  })

  test("in another organisation is not taken over", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: groups.viewers })
    const { orgId } = await givenOrganisation()
    await givenUser(orgId, email)
    expect(await signIn(subject)).toMatchObject({ error: "no_access", headers: null })
    expect(await userOf(email)).toMatchObject({ org_id: orgId, oidc_subject: null })
  })

  test("of an invited user is linked if the provider has verified it, and the invitation ends", async () => {
    const { orgId, groups, map } = await givenSignOn()
    await map({ group: groups.managers, role: "manager" })
    const { subject, email } = givenProfile({ groups: groups.managers })
    await givenUser(orgId, email)
    await asWorker((db) =>
      db.query(sql`insert into account_link (org_id, user_id, purpose, token_hash, expires_at)
      select org_id, id, 'invitation', ${Buffer.from(email)}::bytea, now() + interval '1 day' from app_user
      where email = ${email}`),
    )

    const vague = givenProfile({ groups: groups.managers, email })
    server.people.set(vague.subject, { email, groups: groups.managers })
    expect(await signIn(vague.subject)).toMatchObject({ error: "email_taken" })

    expect(await mayRead((await signIn(subject)).headers)).toBe(true)
    expect(await userOf(email)).toMatchObject({ role: "manager" })
    expect(
      await asWorker((db) => db.query(sql`select from account_link_by_hash(${Buffer.from(email)}::bytea)`)),
    ).toEqual([])
    expect((await auditEntriesOf(orgId)).at(-1)).toMatchObject({
      action: "user.linked",
      before: { role: "viewer" },
      after: { role: "manager" },
    })
  })

  test("of an invited admin keeps the admin role, which groups neither give nor take", async () => {
    const { orgId, groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const { subject, email } = givenProfile({ groups: groups.viewers })
    await givenUser(orgId, email, { role: "admin" })
    await signIn(subject)
    expect(await userOf(email)).toMatchObject({
      role: "admin",
      reach: null,
      oidc_subject: expect.stringContaining(subject) as string,
    })
  })

  test("of another user of the provider is not taken over by changing an email", async () => {
    const { groups, map } = await givenSignOn()
    await map({ group: groups.viewers, role: "viewer" })
    const [one, other] = [givenProfile({ groups: groups.viewers }), givenProfile({ groups: groups.viewers })]
    for (const { subject } of [one, other]) expect(await signIn(subject)).toMatchObject({ error: null })
    server.people.set(one.subject, { email: other.email, email_verified: true, groups: groups.viewers })
    expect(await signIn(one.subject)).toMatchObject({ error: "email_taken" })
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

describe("a group mapping", () => {
  test("makes no admins, and accepts only known places", async () => {
    const { groups, map } = await givenSignOn()
    expect((await map({ group: groups.managers, role: "admin" })).status).toBe(422)
    const foreign = await givenStore((await givenOrganisation()).orgId)
    expect(
      (
        await map({
          group: groups.managers,
          role: "manager",
          reach: { merchants: [], regions: [], stores: [foreign.storeId] },
        })
      ).status,
    ).toBe(422)
    expect(
      (
        await map({
          group: groups.managers,
          role: "manager",
          reach: { merchants: [], regions: [], stores: [] },
        })
      ).status,
    ).toBe(422)
  })

  test("can be changed only by admins, of their own organisation", async () => {
    const { orgId, admin, groups, map } = await givenSignOn()
    const { id } = (await (await map({ group: groups.viewers, role: "viewer" })).json()) as GroupMapping
    const manager = await givenPerson(orgId, "manager")
    expect((await call(getMappings, "/api/v1/group-mappings", { headers: manager.headers })).status).toBe(403)
    const stranger = await givenPerson((await givenOrganisation()).orgId, "admin")
    expect(
      (
        await call(removeMapping, "/api/v1/group-mappings/x", {
          method: "DELETE",
          headers: stranger.headers,
          params: { id: String(id) },
        })
      ).status,
    ).toBe(404)
    const listed = await (
      await call(getMappings, "/api/v1/group-mappings", { headers: admin.headers })
    ).json()
    expect(listed).toMatchObject({ data: [{ id, group: groups.viewers, role: "viewer", reach: null }] })
  })

  test("ends the sessions of the provider's users when it is changed or deleted, and no others", async () => {
    const { orgId, admin, groups, map } = await givenSignOn()
    const { id } = (await (await map({ group: groups.viewers, role: "viewer" })).json()) as GroupMapping
    const { subject } = givenProfile({ groups: groups.viewers })
    const first = await signIn(subject)
    await map({ group: groups.viewers, role: "viewer" })
    expect(await mayRead(first.headers), "saving the same mapping again changes nothing").toBe(true)
    await map({ group: groups.viewers, role: "planner" })
    expect(await mayRead(first.headers)).toBe(false)
    const second = await signIn(subject)
    expect(await mayRead(second.headers)).toBe(true)
    expect(
      (
        await call(removeMapping, "/api/v1/group-mappings/x", {
          method: "DELETE",
          headers: admin.headers,
          params: { id: String(id) },
        })
      ).status,
    ).toBe(200)
    expect(await mayRead(second.headers)).toBe(false)
    expect(await mayRead(admin.headers)).toBe(true)
    expect(await signIn(subject)).toMatchObject({ error: "no_access" })
    expect((await auditEntriesOf(orgId)).filter(({ action }) => action.startsWith("mapping."))).toMatchObject(
      [
        { action: "mapping.added", before: null, after: { role: "viewer", reach: null } },
        { action: "mapping.changed", before: { role: "viewer" }, after: { role: "planner" } },
        { action: "mapping.removed", before: { role: "planner" } },
      ],
    )
  })
})
