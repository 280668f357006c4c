import { createHash, randomBytes } from "node:crypto"
import { encode } from "next-auth/jwt"
import sql from "sql-template-tag"
import { beforeAll, describe, expect, test } from "vitest"
import { POST as chooseLocale } from "@/app/locale/route"
import { POST as signOut } from "@/app/sign-out/route"
import { roles, scopes, type Role, type Scope } from "@/lib/access/actor/actor"
import { permissions, type Permission } from "@/lib/access/actor/permissions"
import { asOwner } from "@/lib/base/db/client"
import { sessionSecret } from "@/lib/base/env"
import { useDatabase } from "@/tests/support/database"
import { fillEveryTable, putBack } from "@/tests/support/every-table"
import { openRoutes } from "@/tests/support/open-routes"
import { givenPerson } from "@/tests/support/people"
import { apiRoutes, callRoute, subjectOf, type Route } from "@/tests/support/routes"
import { idOf, type Place } from "@/tests/support/tables/place"

useDatabase()

const organisation: Place = {
  mark: "ours",
  base: 7000,
  orgId: "0a000000-0000-4000-8000-00000000000a",
  sales: 1,
  owner: null,
}
const own: Place = { ...organisation, mark: "own", base: 7100, owner: organisation }
const other: Place = { ...organisation, mark: "other", base: 7200, owner: organisation }
const theirs: Place = {
  mark: "theirs",
  base: 8000,
  orgId: "0b000000-0000-4000-8000-00000000000b",
  sales: 1,
  owner: null,
}
const theirStore: Place = { ...theirs, mark: "their shop", base: 8100, owner: theirs }

const reach = { merchants: [], regions: [], stores: [idOf(own, "store")] }

type KeyState = { scopes: readonly Scope[]; isLimited?: boolean; isExpired?: boolean; isRevoked?: boolean }

async function givenKey(
  orgId: string,
  { scopes: keyScopes, isLimited = false, isExpired = false, isRevoked = false }: KeyState,
): Promise<Record<string, string>> {
  const key = `tw_${randomBytes(24).toString("base64url")}`
  const now = new Date()
  await asOwner((client) =>
    client.query(sql`
    insert into api_key (org_id, label, prefix, key_hash, scopes, reach, expires_at, revoked_at)
    values (${orgId}::uuid, 'matrix', 'tw_', ${createHash("sha256").update(key).digest()}::bytea,
      ${[...keyScopes]}::text[], ${isLimited ? JSON.stringify(reach) : null}::jsonb,
            ${isExpired ? now : null}::timestamptz, ${isRevoked ? now : null}::timestamptz)`),
  )
  return { authorization: `Bearer ${key}` }
}

async function sessionHeaders(sid: string) {
  const token = { sub: sid, sid, org: organisation.orgId }
  return {
    cookie: `next-auth.session-token=${await encode({ token, secret: sessionSecret() })}`,
    host: "localhost",
    origin: "http://localhost",
  }
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`
const statusOf = async (route: Route, headers: Record<string, string>, place: Place = own) =>
  (await callRoute(route, { place, headers })).status
/** Whether the actor passed authentication and permission. The request itself may still be invalid. */
const isLetIn = (status: number) => ![401, 403, 404].includes(status) && status < 500

const ruleOf = (permission: Permission): { roles: readonly Role[]; key: Scope | null; isWhole?: true } =>
  permissions[permission]
const admits = (route: Route, by: (rule: ReturnType<typeof ruleOf>) => boolean) =>
  route.permission !== null && by(ruleOf(route.permission))
const isWhole = (route: Route) => !admits(route, (rule) => rule.isWhole === undefined)

let all: Route[]
let guarded: Route[]

beforeAll(async () => {
  await fillEveryTable(organisation, [own, other])
  await fillEveryTable(theirs, [theirStore])
  all = await apiRoutes()
  guarded = all.filter(({ permission }) => permission !== null)
})

/** The results of all routes by name, compared as one object, so that a failure names the routes. */
async function outcomes<Outcome>(
  routes: Route[],
  outcomeOf: (route: Route) => Promise<Outcome>,
): Promise<Record<string, Outcome>> {
  const found: Record<string, Outcome> = {}
  for (const route of routes) found[nameOf(route)] = await outcomeOf(route)
  return found
}
const expected = <Outcome>(routes: Route[], outcomeOf: (route: Route) => Outcome): Record<string, Outcome> =>
  Object.fromEntries(routes.map((route) => [nameOf(route), outcomeOf(route)]))

test("every route needs a permission or is listed as open", () => {
  const open = all.filter(({ permission }) => permission === null).map(({ path }) => `app${path}/route.ts`)
  expect(Object.keys(openRoutes)).toEqual(expect.arrayContaining(open))
  expect(guarded.length).toBeGreaterThan(25)
})

describe("every route", () => {
  test.each([
    ["nothing", async () => ({})],
    ["an unknown key", async () => ({ authorization: "Bearer tw_nobody" })],
    [
      "a password instead of a key",
      async () => ({ authorization: `Basic ${Buffer.from("admin:admin").toString("base64")}` }),
    ],
    ["an expired key", () => givenKey(organisation.orgId, { scopes, isExpired: true })],
    ["a revoked key", () => givenKey(organisation.orgId, { scopes, isRevoked: true })],
    ["a session that does not exist", () => sessionHeaders("0c000000-0000-4000-8000-00000000000c")],
    [
      "a forged session",
      async () => ({
        cookie: "next-auth.session-token=eyJhbGciOiJub25lIn0.e30.",
        host: "localhost",
        origin: "http://localhost",
      }),
    ],
  ])("refuses a request with %s", async (_what, headersOf) => {
    const headers = await headersOf()
    expect(await outcomes(guarded, (route) => statusOf(route, headers))).toEqual(expected(guarded, () => 401))
  })

  test.each(["another site's", "no", "a hidden", "another port's"] as const)(
    "refuses a change with a session from %s page",
    async (whose) => {
      const origin = {
        "another site's": "https://evil.example",
        no: undefined,
        "a hidden": "null",
        "another port's": "http://localhost:4000",
      }[whose]
      const { cookie = "" } = (await givenPerson(organisation.orgId, "admin")).headers
      const headers: Record<string, string> = {
        cookie,
        host: "localhost",
        ...(origin === undefined ? {} : { origin }),
      }
      const changing = all.filter(({ method }) => method !== "GET")
      expect(await outcomes(changing, (route) => statusOf(route, headers))).toEqual(
        expected(changing, () => 403),
      )
      const choice = new Request("http://localhost/locale", {
        method: "POST",
        headers,
        body: JSON.stringify({ locale: "en" }),
      })
      expect((await chooseLocale(choice)).status).toBe(403)
      expect(
        (await signOut(new Request("http://localhost/sign-out", { method: "POST", headers }))).status,
      ).toBe(403)
    },
  )

  test.each(roles)("lets a %s call what the permissions table says", async (role) => {
    const headers = (await givenPerson(organisation.orgId, role)).headers
    const refused = guarded.filter((route) => !admits(route, (rule) => rule.roles.includes(role)))
    expect(await outcomes(refused, (route) => statusOf(route, headers))).toEqual(expected(refused, () => 403))
  })

  test.each(scopes)("lets a key with scope %s call what the permissions table says", async (scope) => {
    const headers = await givenKey(organisation.orgId, { scopes: [scope] })
    const refused = guarded.filter((route) => !admits(route, (rule) => rule.key === scope))
    expect(await outcomes(refused, (route) => statusOf(route, headers))).toEqual(expected(refused, () => 403))
  })

  test("refuses whole-organisation routes to an actor limited to one store", async () => {
    const whole = guarded.filter(isWhole)
    const manager = (await givenPerson(organisation.orgId, "manager", reach)).headers
    const key = await givenKey(organisation.orgId, { scopes, isLimited: true })
    expect(
      await outcomes(whole, async (route) => [await statusOf(route, manager), await statusOf(route, key)]),
    ).toEqual(expected(whole, () => [403, 403]))
  })

  test("answers 404 for ids of another organisation or of a store outside the actor's reach", async () => {
    const withSubject = guarded.filter((route) => (subjectOf(route)?.of ?? "nobody") !== "nobody")
    expect(withSubject.length).toBeGreaterThan(5)
    const admin = (await givenPerson(theirs.orgId, "admin")).headers
    const keyed = withSubject.filter((route) => admits(route, ({ key }) => key !== null))
    const key = await givenKey(theirs.orgId, { scopes })
    expect(await outcomes(withSubject, (route) => statusOf(route, admin))).toEqual(
      expected(withSubject, () => 404),
    )
    expect(await outcomes(keyed, (route) => statusOf(route, key))).toEqual(expected(keyed, () => 404))
    const ofShops = withSubject.filter(
      (route) =>
        subjectOf(route)?.of === "store" &&
        !isWhole(route) &&
        admits(route, (rule) => rule.roles.includes("manager")),
    )
    const limited = (await givenPerson(organisation.orgId, "manager", reach)).headers
    expect(await outcomes(ofShops, (route) => statusOf(route, limited, other))).toEqual(
      expected(ofShops, () => 404),
    )
  })

  test("lets in every actor that the permissions table names", async () => {
    // An actor who is let in may delete something. Each round restores it, so that 404 still means refused.
    const entries = async (routes: Route[], enters: (route: Route) => Promise<boolean>) => {
      await putBack(organisation, [own, other])
      return outcomes(routes, enters)
    }
    for (const role of roles) {
      const may = guarded.filter((route) => admits(route, (rule) => rule.roles.includes(role)))
      const enters = async (route: Route, places?: typeof reach) => {
        const { headers, sessionId } = await givenPerson(organisation.orgId, role, places)
        return isLetIn((await callRoute(route, { place: own, headers, session: sessionId })).status)
      }
      const entered = await entries(may, (route) => enters(route))
      expect(entered).toEqual(expected(may, () => true))
      const limited = may.filter((route) => !isWhole(route) && role !== "admin")
      const enteredLimited = await entries(limited, (route) => enters(route, reach))
      expect(enteredLimited).toEqual(expected(limited, () => true))
    }
    const keyed = guarded.filter((route) => admits(route, ({ key }) => key !== null))
    const headers = await givenKey(organisation.orgId, { scopes })
    expect(await entries(keyed, async (route) => isLetIn(await statusOf(route, headers)))).toEqual(
      expected(keyed, () => true),
    )
  })
})
