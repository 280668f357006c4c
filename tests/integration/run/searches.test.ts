import sql from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { paths } from "@/tests/support/documented"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"
import { apiRoutes, type Route } from "@/tests/support/routes"

useDatabase()

/**
 * Names in every list: one with wildcard characters, and one that they would match in a pattern. They have
 * a z, which no uuid has.
 */
const names = [String.raw`Zb%c_d\e`, "ZbXcXdXe"]

let headers: Record<string, string>
let routes: Route[]

beforeAll(async () => {
  const { orgId } = await givenOrganisation()
  headers = (await givenPerson(orgId, "admin")).headers
  routes = await apiRoutes()
  for (const [i, name] of names.entries()) {
    const { storeId } = await givenStore(orgId, { name, code: `code ${i}` })
    const { terminalId } = await givenTerminal(orgId, { storeId, serial: name, tid: `tid ${name}` })
    await asWorker(async (db) => {
      await db.query(sql`
        with m as (insert into merchant (org_id, name) values (${orgId}::uuid, ${name}) returning id)
        insert into region (org_id, merchant_id, name) select ${orgId}::uuid, id, ${name} from m`)
      await db.query(sql`
        insert into app_user (org_id, email, name, role)
        values (${orgId}::uuid, ${`person${i}@example.com`}, ${name}, 'viewer')`)
      await db.query(sql`
        insert into audit_entry (org_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
          subject_name)
        values (${orgId}::uuid, 'system', 'test', 'test', 'store.added', 'store', ${`id ${i}`}, ${name})`)
      await db.query(sql`
        insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
          evaluated_at, reasons)
        values (${orgId}::uuid, 'maintenance', 'silent', ${`terminal:${terminalId}`}, ${terminalId}::bigint,
          ${storeId}::bigint, 'open', now(), now(), now(), '[]')`)
    })
  }
})

type Search = [
  path: string,
  parameter: string,
  nameOf: (row: Record<string, never>) => string,
  needed?: Record<string, string>,
]

/** Each search, with the field that holds the name in its answer, and what else it must be told. */
const searches: Search[] = [
  ["/api/v1/terminals", "q", (row) => row["serial"] ?? ""],
  ["/api/v1/stores", "q", (row) => row["name"] ?? ""],
  ["/api/v1/merchants", "q", (row) => row["name"] ?? ""],
  ["/api/v1/regions", "q", (row) => row["name"] ?? ""],
  ["/api/v1/places", "q", (row) => row["name"] ?? "", { kind: "stores" }],
  ["/api/v1/users", "q", (row) => row["name"] ?? ""],
  ["/api/v1/flags", "q", (row) => row["terminal"]?.["serial"] ?? ""],
  ["/api/v1/audit", "subject", (row) => row["subject"]?.["name"] ?? ""],
]

async function found([path, parameter, nameOf, needed = {}]: Search, text: string): Promise<string[]> {
  const route = routes.find((one) => one.path === path && one.method === "GET")
  if (!route) throw new Error(`there is no ${path}`)
  const search = new URLSearchParams({ ...needed, [parameter]: text })
  const response = await call(route.answer, `${path}?${search}`, { headers })
  expect(response.status).toBe(200)
  const { data } = (await response.json()) as { data: Record<string, never>[] }
  return data.map(nameOf).toSorted()
}

test("covers every list with a search", () => {
  const searched = Object.entries(paths).flatMap(([path, { get }]) =>
    get?.parameters.some(({ name }) => name === "q") && get.responses["200"]?.content?.["application/json"]
      ? [path]
      : [],
  )
  expect(searches.map(([path]) => path)).toEqual(expect.arrayContaining(searched))
  expect(searched).toContain("/api/v1/terminals")
})

test.each(searches)("%s searches for literal text and ignores case", async (...search) => {
  for (const text of ["%", "_", "\\", "%c_", "c_d\\E", "ZB%C"])
    expect([text, await found(search, text)]).toEqual([text, [names[0]]])
  expect(await found(search, "zB")).toEqual(names)
  expect(await found(search, "z%e")).toEqual([])
})
