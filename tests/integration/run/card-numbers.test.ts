import { pino } from "pino"
import sql from "sql-template-tag"
import { beforeAll, expect, test, vi } from "vitest"

const logged = vi.hoisted<string[]>(() => [])
vi.mock("@/lib/base/log/log", async (original) => {
  const { withoutCards } = await original<typeof Log>()
  return {
    log: pino(
      { level: "debug", base: null },
      withoutCards((line) => logged.push(line)),
    ),
  }
})

import { POST as upload } from "@/app/api/v1/imports/route"
import { clientOf } from "@/lib/access/sessions/client"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { answerError } from "@/lib/base/http/answer"
import type * as Log from "@/lib/base/log/log"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Transaction } from "@/lib/intake/transactions/schemas"
import { useDatabase } from "@/tests/support/database"
import {
  exampleOf,
  exampleOrganisation,
  exampleShop,
  operationOf,
  parametersOf,
} from "@/tests/support/documented"
import { fillEveryTable } from "@/tests/support/every-table"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, heartbeatsOnce, minutesAgo, transactionsOnce } from "@/tests/support/ingest"
import { placesOf, withValueAt, type Json, type Schema } from "@/tests/support/odd-values"
import { givenPerson } from "@/tests/support/people"
import { apiRoutes, callRoute, type Route } from "@/tests/support/routes"

useDatabase()

/** A well-known test number, and its spellings. */
const card = "4111111111111111"
const spellings = [card, "4111 1111 1111 1111", "４１１１.１１１１.１１１１.１１１１", `0000${card}`]

let routes: Route[]
beforeAll(async () => {
  await fillEveryTable(exampleOrganisation, [exampleShop])
  routes = await apiRoutes()
})

type Sent = Omit<Parameters<typeof callRoute>[1], "place" | "headers">

let turn = 0
const nextSpelling = (): string => spellings[(turn += 1) % spellings.length] ?? card

/** Requests to a route, each with the card number in another place and in another spelling. */
function requestsOf(route: Route): Sent[] {
  const example = exampleOf(route)
  const schema = operationOf(route)?.requestBody?.content["application/json"]?.schema as Schema | undefined
  const body = JSON.parse(JSON.stringify(example?.body ?? {})) as Json
  const places = schema && example?.body !== undefined ? placesOf(schema) : []
  return [
    ...parametersOf(route, "path").map(({ name }) => ({ params: { [name]: nextSpelling() } })),
    ...parametersOf(route, "query").map(({ name }) => ({
      query: `?${new URLSearchParams({ ...example?.query, [name]: nextSpelling() })}`,
    })),
    ...places.flatMap(({ path, schema: { type, format } }): Sent[] => {
      const text = nextSpelling()
      if (type === "object") return [{ body: JSON.stringify(withValueAt(body, [...path, text], "x")) }]
      const value = format === "email" ? `${card}@example.com` : text
      return type === "string" ? [{ body: JSON.stringify(withValueAt(body, path, value)) }] : []
    }),
  ]
}

const digitsOf = (text: string) =>
  text
    .normalize("NFKC")
    .replaceAll(/\\+u00(20|2d|3(\d))/gi, "$2")
    .replaceAll(/[\s._/-]/g, "")

/** Tables and job queues that have a row with the card number. */
const tablesWithCard = () =>
  asOwner(async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
    )
    const found: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`select t::text as text from ${name} t`)
      found.push(
        ...rows.filter(({ text }) => digitsOf(text).includes(card)).map(({ text }) => `${name}: ${text}`),
      )
    }
    return found
  })

test("never stores or logs a card number in any text of any call", async () => {
  const failed: string[] = []
  let tried = 0
  for (const route of routes) {
    const { headers } = await givenPerson(exampleOrganisation.orgId, "admin")
    await asWorker((db) => db.query(sql`delete from rate_limit`))
    for (const request of requestsOf(route)) {
      tried += 1
      const response = await callRoute(route, { place: exampleShop, headers, ...request })
      const isTaken = request.body !== undefined && response.status < 400
      if (response.status >= 500 || isTaken)
        failed.push(`${route.method} ${route.path} ${JSON.stringify(request)}: ${response.status}`)
    }
  }
  expect(failed).toEqual([])
  expect(tried).toBeGreaterThan(300)
  expect(await tablesWithCard()).toEqual([])
  expect(logged.filter((line) => digitsOf(line).includes(card))).toEqual([])
}, 120_000)

test("rejects a card number in any field of a record, and keeps it only masked", async () => {
  const { ingestKey } = await givenOrganisation()
  const sale = { terminal: "SN1", at: minutesAgo(1), id: "1", outcome: "approved" }
  const kinds = [
    { post: heartbeatsOnce, fields: Object.keys(Heartbeat.shape) },
    { post: transactionsOnce, fields: Object.keys(Transaction.shape) },
  ]
  for (const { post, fields } of kinds) {
    const records = [...fields, "unknown", card].flatMap((field) =>
      spellings.map((text) => JSON.stringify({ ...sale, [field]: text })),
    )
    const answer = await answerOf(await post({ key: ingestKey, body: records.join("\n") }))
    expect(answer).toMatchObject({ accepted: 0, rejected: records.length })
    expect(answer.errors.filter(({ code }) => code !== "pan_suspected")).toEqual([])
  }
  expect(await tablesWithCard()).toEqual([])
})

test("masks a card number in the name, columns and cells of a file", async () => {
  const { headers } = await givenPerson(exampleOrganisation.orgId, "admin")
  for (const text of spellings) {
    const body = `terminal,at,outcome,${text}\nSN1,2026-11-20 10:00,approved,${text}\n`
    const path = `/api/v1/imports?fileName=${encodeURIComponent(text)}.csv`
    expect((await call(upload, path, { headers, body })).status).toBe(200)
  }
  expect(await tablesWithCard()).toEqual([])
})

test("never stores or logs a card number in a header or path", async () => {
  const headers = new Headers({ "user-agent": `Browser ${card}`, "x-forwarded-for": card })
  expect(clientOf(headers)).toEqual({ userAgent: "Browser 411111******1111", address: null })
  answerError(new Error(`it broke at ${card}`), `/api/v1/code-packs/${spellings[1]?.replaceAll(" ", "%20")}`)
  expect(logged.join("")).toContain("411111******1111")
  expect(logged.filter((line) => digitsOf(line).includes(card))).toEqual([])
})
