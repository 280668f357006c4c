import fc from "fast-check"
import sql from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { parametersOf } from "@/tests/support/documented"
import { fillEveryTable } from "@/tests/support/every-table"
import { listsOf, queryOf, type Listed } from "@/tests/support/lists"
import { givenPerson } from "@/tests/support/people"
import { apiRoutes, callRoute, type Route } from "@/tests/support/routes"
import type { Place } from "@/tests/support/tables/place"

useDatabase()

/** 200 by default, 10,000 with npm run fuzz. */
const cases = Number(process.env["FUZZ_CASES"] ?? 200)
/** Below the limit of a user in one minute. */
const mostRequests = 500

const organisation: Place = {
  mark: "fuzz",
  base: 50,
  orgId: "0a000000-0000-4000-8000-00000000000a",
  sales: 50,
  owner: null,
}
const shop: Place = { ...organisation, owner: organisation }
const other: Place = { ...shop, mark: "other fuzz", base: 51 }

let routes: Route[]
beforeAll(async () => {
  await fillEveryTable(organisation, [shop, other])
  routes = await apiRoutes()
})

let asked = 0
let headers: Record<string, string> = {}

/** Sends a request as an admin. Changes to a new admin before the limit is reached. */
async function ask(
  route: Route,
  given: { query?: string; params?: Record<string, string> },
): Promise<Response> {
  if (asked % mostRequests === 0) {
    headers = (await givenPerson(organisation.orgId, "admin")).headers
    await asWorker((db) => db.query(sql`delete from rate_limit`))
  }
  asked += 1
  return callRoute(route, { place: shop, headers, ...given })
}

const offset = fc.constantFrom("Z", "+23:59", "-23:59", "+14:00", "-12:00", "+24:00", "+00:60")
const instant = fc
  .tuple(fc.constantFrom("0000", "0001", "1969", "2026", "9999", "+275760"), offset)
  .map(([year, zone]) => `${year}-12-31T23:59:59.999${zone}`)
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("\0", "\ud800", "a\0b", "x".repeat(3_000), "%", "'", "{}", "null", "2026-W54", "0000-W00"),
)
const number = fc.oneof(
  fc.double(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.constantFrom(2 ** 31, 2 ** 53, 2 ** 63, -1, 1e308),
)
const day = fc.constantFrom("0000-01-01", "2026-02-30", "9999-12-31", "+10000-01-01", "2026-11-24")
const written = fc.oneof(text, instant, day, number.map(String))

const part = fc.oneof(
  text,
  instant,
  day,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(null, true, 2 ** 53, -(2 ** 53), 1e308, 1.5),
  fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 2 }),
)

const orOther = (own: unknown) => fc.oneof(fc.constant(own), written, part)

/** The fault of an answer, or null. A value that only the database rejects should be rejected by a schema. */
async function faultOf(response: Response): Promise<string | null> {
  const body = response.status === 422 || response.status >= 500 ? await response.text() : ""
  const isGood = response.status < 500 && response.status !== 429 && !body.includes("does not fit its field")
  return isGood ? null : `${response.status} ${body}`
}

test("no path or query makes a route fail", async () => {
  const guarded = routes.filter(({ permission }) => permission !== null)
  const names = (route: Route, place: "path" | "query") => parametersOf(route, place).map(({ name }) => name)
  const request = fc.constantFrom(...guarded.keys()).chain((index) => {
    const route = guarded[index] as Route
    const inPath = fc.tuple(...names(route, "path").map((name) => fc.tuple(fc.constant(name), written)))
    const known = names(route, "query")
    const name = known.length > 0 ? fc.constantFrom(...known, "unknown") : fc.constant("unknown")
    return fc.record({
      route: fc.constant(route),
      params: fc.option(
        inPath.map((pairs) => Object.fromEntries(pairs)),
        { nil: undefined },
      ),
      query: fc.array(fc.tuple(name, written), { maxLength: 3 }),
    })
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ route, params, query }) => {
      const given = { query: `?${new URLSearchParams(query)}`, ...(params ? { params } : {}) }
      const fault = await faultOf(await ask(route, given))
      expect(fault, `${route.method} ${route.path} ${JSON.stringify(given)}`).toBeNull()
    }),
    { numRuns: cases, endOnFailure: true },
  )
}, 600_000)

test("no cursor makes a list fail", async () => {
  const lists = listsOf(routes)
  const begun: { list: Listed; name: unknown; parts: unknown[] }[] = []
  for (const list of lists) {
    const page = (await (await ask(list.route, { query: queryOf(list, { limit: "1" }) })).json()) as {
      nextCursor?: string | null
    }
    if (!page.nextCursor) continue
    const [name, parts] = JSON.parse(Buffer.from(page.nextCursor, "base64url").toString()) as [
      string,
      unknown[],
    ]
    begun.push({ list, name, parts })
  }
  expect(begun.length).toBeGreaterThan(10)
  const request = fc
    .constantFrom(...begun)
    .chain(({ list, name, parts }) =>
      fc
        .tuple(...parts.map((own) => (Array.isArray(own) ? fc.tuple(...own.map(orOther)) : orOther(own))))
        .map((written) => ({ list, cursor: JSON.stringify([name, written]) })),
    )
  await fc.assert(
    fc.asyncProperty(request, async ({ list, cursor }) => {
      const query = queryOf(list, { cursor: Buffer.from(cursor).toString("base64url") })
      const fault = await faultOf(await ask(list.route, { query }))
      expect(fault, `${list.route.path} ${cursor}`).toBeNull()
    }),
    { numRuns: cases, endOnFailure: true },
  )
}, 600_000)
