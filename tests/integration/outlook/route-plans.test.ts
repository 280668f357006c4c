import { beforeAll, describe, expect, test } from "vitest"
import { systemActor } from "@/lib/access/actor/actor"
import { asOwner } from "@/lib/base/db/client"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { listFlags } from "@/lib/insight/flags/list-flags"
import type { FlagQuery } from "@/lib/insight/flags/schemas"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { exampleOf } from "@/tests/support/documented"
import { fillEveryTable } from "@/tests/support/every-table"
import { givenPerson } from "@/tests/support/people"
import { isRollup, isSorted, scansOf, statementsOf } from "@/tests/support/plans"
import { apiRoutes, callRoute } from "@/tests/support/routes"
import { idOf } from "@/tests/support/tables/place"
import { a, other, own } from "@/tests/support/two-organisations"

useDatabase()

beforeAll(async () => {
  await fillEveryTable(a, [own, other])
  await asOwner((client) => client.query("analyze"))
})

const whole = systemActor(a.orgId)
const some = { ...whole, stores: [idOf(own, "store")] }

const namesRollup = /\b((terminal|place)_(hour|day)|segment_day)\b/

/** What shows one terminal. */
const ofTerminals = /^\/api\/v1\/terminals\/\[id\]/

describe.each([
  ["the whole organisation", whole, null],
  ["some stores", some, { stores: [idOf(own, "store")] }],
] as const)("every GET route, for a reader of %s", (_who, reader, reach) => {
  test("reads rollups by an index and within a time, and no hours of terminals", async (context) => {
    notOnCluster(context, "its plans are those of many tasks, which cluster-plans.test.ts reads")
    const places = reach && { stores: [...reach.stores] }
    const { headers } = await givenPerson(a.orgId, reach ? "viewer" : "admin", places)
    const faults: string[] = []
    const read = new Set<string>()
    for (const route of (await apiRoutes()).filter(({ method }) => method === "GET")) {
      const query = `?${new URLSearchParams(exampleOf(route)?.query)}`
      const statements = await statementsOf(async () => {
        const { status } = await callRoute(route, { place: own, headers, query })
        if (status >= 500) faults.push(`${route.path} answers ${status}`)
      })
      for (const statement of statements.filter(({ text }) => namesRollup.test(text)))
        for (const scan of (await scansOf(reader, statement)).filter(isRollup)) {
          read.add(route.path)
          const isBounded = /\b(day|hour)\)?(::[a-z ]+)? [<>]=? /.test(scan.condition)
          const isAllowed = !scan.table.startsWith("terminal_hour") || ofTerminals.test(route.path)
          if (!isBounded || !isAllowed)
            faults.push(`${route.path}: ${scan.scan} of ${scan.table}, ${scan.condition}`)
        }
    }
    expect([...new Set(faults)]).toEqual([])
    expect([...read]).toEqual(
      expect.arrayContaining(["/api/v1/failure-rates", "/api/v1/league", "/api/v1/overview"]),
    )
  })

  test.each<Pick<FlagQuery, "sort" | "order">>([
    { sort: "urgency", order: "asc" },
    { sort: "since", order: "desc" },
  ])("reads a page of flags by $sort in the order of an index", async (sorted) => {
    const query: FlagQuery = { status: "open", limit: 50, ...sorted }
    const statements = await statementsOf(() => listFlags({ actor: reader, query }))
    const pages = statements.filter(({ text }) => text.includes("order by"))
    expect(pages).toHaveLength(1)
    for (const page of pages) expect(await isSorted(reader, page)).toBe(false)
  })
})

test.each(["rate", "flags", "state", "clock"] as const)(
  "a page of terminals by %s is read in the order of an index",
  async (sort) => {
    const query = TerminalQuery.parse({ sort, order: "desc" })
    const statements = await statementsOf(() => listTerminals({ actor: whole, query }))
    const pages = statements.filter(({ text }) => text.includes("as place"))
    expect(pages).toHaveLength(1)
    for (const page of pages) expect(await isSorted(whole, page)).toBe(false)
  },
)

test("the parts by which an index finds a name are those of each text in it", async () => {
  const names = ["SN0042-A", "南京路 1 号店", "Straße", "İzmir", "a", "ab", "  "]
  const missed = await asOwner((client) =>
    client.query(
      `select name, searched
         from unnest($1::text[]) name
        cross join generate_series(1, length(name)) first
        cross join generate_series(1, length(name)) many
        cross join lateral (select upper(substr(name, first, many)) as searched) s
        where strpos(lower(name), lower(searched)) > 0 and not name_parts(name) @> searched_parts(searched)`,
      [names],
    ),
  )
  expect(missed.rows).toEqual([])
})
