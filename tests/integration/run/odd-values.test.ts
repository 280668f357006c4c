import sql from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import {
  exampleOf,
  exampleOrganisation,
  exampleShop,
  operationOf,
  parametersOf,
} from "@/tests/support/documented"
import { fillEveryTable } from "@/tests/support/every-table"
import { oddJson, oddTexts, placesOf, withValueAt, type Json, type Schema } from "@/tests/support/odd-values"
import { givenPerson } from "@/tests/support/people"
import { apiRoutes, callRoute, type Route } from "@/tests/support/routes"

useDatabase()

let routes: Route[]
beforeAll(async () => {
  await fillEveryTable(exampleOrganisation, [exampleShop])
  routes = await apiRoutes()
})

type Request = Omit<Parameters<typeof callRoute>[1], "place" | "headers">

/**
 * Requests that a route answers with 5xx, or that only the database rejects. Only an open route may answer
 * 429.
 */
async function failures(route: Route, requests: Request[]): Promise<string[]> {
  const failed: string[] = []
  const { headers } = await givenPerson(exampleOrganisation.orgId, "admin")
  await asWorker((db) => db.query(sql`delete from rate_limit`))
  for (const request of requests) {
    const response = await callRoute(route, { place: exampleShop, headers, ...request })
    const text = response.status === 422 ? await response.text() : ""
    const isTooMany = response.status === 429 && route.permission !== null
    if (response.status >= 500 || isTooMany || text.includes("does not fit its field"))
      failed.push(
        `${route.method} ${route.path} ${JSON.stringify(request).slice(0, 500)}: ${response.status}`,
      )
  }
  return failed
}

test("no value of a path parameter makes a call fail", async () => {
  const failed: string[] = []
  let tried = 0
  for (const route of routes) {
    for (const { name, schema } of parametersOf(route, "path")) {
      tried += 1
      const values = oddTexts(name, schema as Schema)
      failed.push(
        ...(await failures(
          route,
          values.map((value) => ({ params: { [name]: value } })),
        )),
      )
    }
  }
  expect(failed).toEqual([])
  expect(tried).toBeGreaterThan(50)
}, 120_000)

test("no value of a query parameter makes a call fail", async () => {
  const failed: string[] = []
  let tried = 0
  for (const route of routes) {
    const usual = exampleOf(route)?.query ?? {}
    for (const { name, schema } of parametersOf(route, "query")) {
      tried += 1
      const values = oddTexts(name, schema as Schema)
      const queryOf = (value: string) => `?${new URLSearchParams({ ...usual, [name]: value })}`
      failed.push(
        ...(await failures(
          route,
          values.map((value) => ({ query: queryOf(value) })),
        )),
      )
    }
  }
  expect(failed).toEqual([])
  expect(tried).toBeGreaterThan(80)
}, 120_000)

test("no value in a body makes a call fail", async () => {
  const failed: string[] = []
  let tried = 0
  for (const route of routes) {
    const schema = operationOf(route)?.requestBody?.content["application/json"]?.schema as Schema | undefined
    const body = exampleOf(route)?.body
    if (body === undefined || schema === undefined) continue
    const usual = JSON.parse(JSON.stringify(body)) as Json
    for (const { path, schema: part } of placesOf(schema)) {
      tried += 1
      const requests = oddJson(part).map((value) => ({
        body: JSON.stringify(withValueAt(usual, path, value)),
      }))
      failed.push(...(await failures(route, requests)))
    }
  }
  expect(failed).toEqual([])
  expect(tried).toBeGreaterThan(300)
}, 240_000)
