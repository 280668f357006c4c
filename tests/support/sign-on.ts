import { randomUUID } from "node:crypto"
import sql from "sql-template-tag"
import { afterAll, beforeAll } from "vitest"
import { PUT as putMapping } from "@/app/api/v1/group-mappings/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { asWorker } from "@/lib/base/db/transaction"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { startOidc, type OidcServer, type Profile } from "@/tests/support/oidc"
import { givenPerson } from "@/tests/support/people"
import { Browser } from "@/tests/support/sso-browser"

const redirectUri = "http://localhost/api/auth/callback/oidc"
export let provider: OidcServer

export const startProvider = async (options: { conformIdTokenClaims?: boolean } = {}) => {
  provider = await startOidc({ redirectUri, ...options })
  Object.assign(process.env, provider.env)
}

/** Runs a provider during the test file, to which its organisations are connected. */
export function useProvider(): void {
  process.env["NEXTAUTH_URL"] = "http://localhost"
  beforeAll(() => startProvider())
  afterAll(() => provider.stop())
}

type Mapping = {
  group: string
  role: string
  reach?: { merchants: number[]; regions: number[]; stores: number[] } | null
}

/**
 * An organisation whose admin has mapped groups. Group names are unique, because all tests share one
 * provider.
 */
export async function givenSignOn() {
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

export function givenProfile(profile: Profile = {}): Required<Pick<Profile, "email">> & { subject: string } {
  const subject = `subject-${randomUUID()}`
  const email = profile.email ?? `${subject}@example.com`
  provider.people.set(subject, { email, email_verified: true, name: "Ana", ...profile })
  return { subject, email }
}

/** Presses the button. Returns the provider's address that it leads to. */
export async function pressButton(browser: Browser): Promise<URL> {
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
export async function passProvider(browser: Browser, authorization: URL, subject: string): Promise<URL> {
  const isOurs = (url: URL) => url.origin === "http://localhost"
  const page = await browser.follow(
    authorization,
    (url) => isOurs(url) || url.pathname.startsWith("/interaction/"),
  )
  const submitted = await browser.fetch(page, { prompt: "login", login: subject, password: "any" })
  return browser.follow(new URL(submitted.headers.get("location") ?? "", page), isOurs)
}

export const isPage = (url: URL) => !url.pathname.startsWith("/api/")

export async function signIn(subject: string, browser = new Browser()) {
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

export const userOf = async (email: string) =>
  (
    await asWorker((db) =>
      db.query<User>(
        sql`select id, org_id, name, role, reach, oidc_subject from app_user where email = ${email}`,
      ),
    )
  )[0]

export const auditEntriesOf = (orgId: string) =>
  asWorker((db) =>
    db.query<{ action: string; before: object | null; after: object | null }>(sql`
    select action, before, after from audit_entry where org_id = ${orgId}::uuid order by id`),
  )

export const mayRead = async (headers: Record<string, string> | null) =>
  (await call(getTerminals, "/api/v1/terminals", { headers: headers ?? {} })).status === 200
