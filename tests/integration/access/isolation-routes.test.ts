import { beforeAll, describe, expect, test } from "vitest"
import { fewestSales } from "@/lib/outlook/overview/words"
import { useDatabase } from "@/tests/support/database"
import { fillEveryTable } from "@/tests/support/every-table"
import { givenPerson, type Person } from "@/tests/support/people"
import { queriesOf, range } from "@/tests/support/route-queries"
import { apiRoutes, callRoute, type Route } from "@/tests/support/routes"
import { idOf, tracesOf, type Place } from "@/tests/support/tables/place"
import { a, b, own, other, foreign, foreignToo } from "@/tests/support/two-organisations"

useDatabase()

beforeAll(async () => {
  await fillEveryTable(a, [own, other])
  await fillEveryTable(b, [foreign, foreignToo])
})

describe("answers of the API", () => {
  const reads = async () => (await apiRoutes()).filter(({ method }) => method === "GET")

  /**
   * Lists the routes that fail, or whose answer contains an id or mark of `secrets`, when asked with ids of
   * `places`.
   */
  async function leaks({ headers }: Person, places: Place[], secrets: Place[]): Promise<string[]> {
    const found: string[] = []
    for (const route of await reads()) {
      for (const place of places) {
        for (const query of queriesOf(route.path)) {
          const answer = await callRoute(route, { place, headers, query })
          const text = await answer.text()
          const traces = secrets.filter((secret) => tracesOf(secret).test(text)).map(({ mark }) => mark)
          if (answer.status >= 500) traces.push(`status ${answer.status}`)
          found.push(...traces.map((trace) => `${route.path}${query} asked for ${place.mark}: ${trace}`))
        }
      }
    }
    return found
  }

  test("contain nothing of another organisation for an admin, with any ids", async () => {
    expect(
      await leaks(await givenPerson(a.orgId, "admin"), [own, foreign], [b, foreign, foreignToo]),
    ).toEqual([])
  })

  test.each(["manager", "viewer"] as const)(
    "contain nothing of another store for a %s limited to one store",
    async (role) => {
      const person = await givenPerson(a.orgId, role, { stores: [idOf(own, "store")] })
      expect(await leaks(person, [own, other, foreign], [other, b, foreign, foreignToo])).toEqual([])
    },
  )

  test("count only what the reader can see", async () => {
    const everyone = [
      { person: await givenPerson(a.orgId, "admin"), shops: [own, other] },
      { person: await givenPerson(a.orgId, "planner", { merchants: [idOf(own, "merchant")] }), shops: [own] },
      { person: await givenPerson(a.orgId, "viewer", { regions: [idOf(other, "region")] }), shops: [other] },
      { person: await givenPerson(a.orgId, "manager", { stores: [] }), shops: [] },
    ]
    const routes = await reads()
    for (const { person, shops } of everyone) {
      const ask = asker(routes, person)
      const sales = shops.reduce((total, shop) => total + shop.sales, 0)

      expect(await ask("/api/v1/terminals")).toMatchObject({
        total: shops.length,
        data: shops
          .map(({ mark }) => ({ serial: `serial ${mark}` }))
          .toSorted((x, y) => x.serial.localeCompare(y.serial)),
      })
      const names = (what: "store" | "merchant") =>
        shops.map((shop) => ({ id: idOf(shop, what), name: `${what} ${shop.mark}` }))
      const facets = (await ask("/api/v1/terminals/facets")) as Record<
        "stores" | "merchants",
        { id: number }[]
      >
      expect(facets.stores.toSorted((x, y) => x.id - y.id)).toEqual(names("store"))
      expect(facets.merchants.toSorted((x, y) => x.id - y.id)).toEqual(names("merchant"))
      expect(await ask("/api/v1/flags")).toMatchObject({
        counts: shops.length === 0 ? {} : { maintenance: shops.length },
      })
      const overview = (await ask("/api/v1/overview")) as {
        worstStores: { attempts: number }[]
        lastReceivedAt: string | null
      }
      expect(overview).toMatchObject({
        terminals: shops.length,
        states: { online: shops.length },
        quarantined: shops.length === 2 ? 1 : 0,
        unmappedCodes: shops.length === 2 ? 1 : 0,
      })
      expect(overview.worstStores.map(({ attempts }) => attempts)).toEqual(
        shops.map((shop) => shop.sales).filter((attempts) => attempts >= fewestSales),
      )
      expect(overview.lastReceivedAt === null).toBe(shops.length === 0)
      await expectRates(ask, { sales, failures: shops.length })
    }
  })

  type Ask = ReturnType<typeof asker>

  const asker =
    (routes: Route[], { headers }: Person) =>
    async (path: string, query = "") => {
      const route = routes.find((candidate) => candidate.path === path)
      if (!route) throw new Error(`there is no ${path}`)
      const answer = await callRoute(route, { place: own, headers, query })
      expect(answer.status).toBe(200)
      return answer.json()
    }

  async function expectRates(ask: Ask, { sales, failures }: { sales: number; failures: number }) {
    for (const groupBy of ["cause", "store", "operator", "code", "model"]) {
      const rates = (await ask("/api/v1/failure-rates", `?${range()}&groupBy=${groupBy}`)) as {
        data: { failures: number }[]
        total: object
      }
      expect({ groupBy, ...rates.total }).toMatchObject({ groupBy, attempts: sales, failures })
      expect({ groupBy, failures: rates.data.reduce((total, row) => total + row.failures, 0) }).toEqual({
        groupBy,
        failures,
      })
    }
    const series = (await ask("/api/v1/failure-rates/series", `?${range()}&bucket=day`)) as {
      data: { presentments: number }[]
    }
    expect(series.data.reduce((total, row) => total + row.presentments, 0)).toBe(sales)
  }
})
