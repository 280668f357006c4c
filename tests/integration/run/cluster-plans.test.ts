import pg from "pg"
import type { Sql } from "sql-template-tag"
import { beforeAll, describe, expect, inject, test, vi } from "vitest"
import { systemActor, type Actor, type Role } from "@/lib/access/actor/actor"
import { asOwner } from "@/lib/base/db/client"
import { distributedBy } from "@/lib/base/db/distribution"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { tablesSentWhole } from "@/tests/support/cluster-plans"
import { onlyOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { fillEveryTable } from "@/tests/support/every-table"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { givenPerson } from "@/tests/support/people"
import { statementsOf } from "@/tests/support/plans"
import { givenBatch } from "@/tests/support/raw"
import { allQueriesOf } from "@/tests/support/route-queries"
import { apiRoutes, callRoute } from "@/tests/support/routes"
import { idOf } from "@/tests/support/tables/place"
import { a, other, own } from "@/tests/support/two-organisations"

useDatabase()

beforeAll(async () => {
  await fillEveryTable(a, [own, other])
  await asOwner((client) => client.query("analyze"))
})

const large = Object.keys(distributedBy)
const reads = (text: string, table: string) =>
  new RegExp(`\\b(from|join|into|update|using) (only )?${table}\\b`).test(text)
const textOf = (statement: unknown): string =>
  typeof statement === "object" && statement !== null && "text" in statement
    ? String(statement.text)
    : String(statement)

// Several hundred calls on a cluster of one busy machine.
const timeout = 300_000

/** A limited reader gets the states of their own terminals, to tell which have none. */
const isOwnState = (stores: unknown, query: string) => stores !== null && query === "?state=unknown"

const readers: [string, Role, number[] | null][] = [
  ["an admin", "admin", null],
  ["a manager of one store", "manager", [idOf(own, "store")]],
]

describe.each(readers)("what %s reads", (_name, role, stores) => {
  test("is summed, limited or found by terminal where the rows are", { timeout }, async (context) => {
    onlyOnCluster(context)
    const actor: Actor = { ...systemActor(a.orgId), stores }
    const { headers } = await givenPerson(a.orgId, role, stores ? { stores } : null)
    const faults: string[] = []
    const seen = new Set<string>()
    for (const route of (await apiRoutes()).filter(({ method }) => method === "GET")) {
      for (const query of allQueriesOf(route.path)) {
        const statements = await statementsOf(async () => {
          const answer = await callRoute(route, { place: own, headers, query })
          await answer.text()
          if (answer.status >= 500) faults.push(`${route.path}${query}: status ${answer.status}`)
        })
        const isNew = ({ text }: Sql) => !seen.has(text) && large.some((table) => reads(text, table))
        for (const statement of statements.filter(isNew)) {
          seen.add(statement.text)
          const tables = await tablesSentWhole(actor, statement).catch((error: unknown) => [String(error)])
          if (!isOwnState(stores, query))
            faults.push(...tables.map((table) => `${route.path}${query}: ${table}`))
        }
      }
    }
    expect([...new Set(faults)]).toEqual([])
  })
})

test("the fold reads and writes large tables on the nodes alone", async (context) => {
  onlyOnCluster(context)
  const coordinator = Number(new URL(inject("adminUrl")).port)
  const { orgId } = await givenOrganisation()
  const { terminalId } = await givenTerminal(orgId)
  const at = new Date(Date.now() - 60_000).toISOString()
  await givenBatch(orgId, "transaction", [
    { terminal_id: terminalId, at, id: "1", outcome: "approved", operator: "7" },
  ])
  await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at }])
  const spy = vi.spyOn(pg.Client.prototype, "query")
  await foldAll()
  const isOnNode = (client: unknown) => client instanceof pg.Client && client.port !== coordinator
  const sent = spy.mock.calls.map(([statement], i) => ({
    isOnNode: isOnNode(spy.mock.contexts[i]),
    text: textOf(statement),
  }))
  spy.mockRestore()
  const named = (onNode: boolean) =>
    large.filter((table) => sent.some((one) => one.isOnNode === onNode && reads(one.text, table)))
  // The coordinator asks which organisations have batches that wait.
  expect(named(false)).toEqual(["ingest_batch"])
  // Other rounds rank terminals, learn their weeks, sum lost sales and lost hours, and count nights.
  const ofOtherRounds = [
    "terminal_standing",
    "terminal_wear",
    "usual_week",
    "lost_day",
    "availability_day",
    "night_terminal",
    "night_operator",
  ]
  expect(named(true)).toEqual(large.filter((table) => !ofOtherRounds.includes(table)))
})
