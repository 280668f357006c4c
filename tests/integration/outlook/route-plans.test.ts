import { beforeAll, describe, expect, test } from "vitest"
import { systemActor } from "@/lib/access/actor/actor"
import { asOwner } from "@/lib/base/db/client"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { getEvidence } from "@/lib/insight/evidence/get-evidence"
import { listFailedSales } from "@/lib/insight/failed-sales/list-failed-sales"
import { listFlags } from "@/lib/insight/flags/list-flags"
import type { FlagQuery } from "@/lib/insight/flags/schemas"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { exampleOf } from "@/tests/support/documented"
import { fillEveryTable } from "@/tests/support/every-table"
import { givenPerson } from "@/tests/support/people"
import { isRollup, isSorted, scansBelow, scansOf, statementsOf, type Json } from "@/tests/support/plans"
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
          const isBounded = /\b(day|hour)\)?(::[a-z ]+)? ([<>]=?|=) /.test(scan.condition)
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

/** The statements of a list's page. */
const pagesOf = async (query: TerminalQuery) =>
  (await statementsOf(() => listTerminals({ actor: whole, query }))).filter(({ text }) =>
    text.includes("as place"),
  )

describe.each(["rate", "flags", "state", "lastBeat", "clock"] as const)(
  "a page of terminals by %s",
  (sort) => {
    test("is read in the order of an index", async () => {
      const pages = await pagesOf(TerminalQuery.parse({ sort, order: "desc" }))
      expect(pages).toHaveLength(1)
      for (const page of pages) expect(await isSorted(whole, page)).toBe(false)
    })

    test("begins where the page before ended, in that index", async () => {
      const first = TerminalQuery.parse({ sort, order: "desc", limit: "1" })
      const { nextCursor } = await listTerminals({ actor: whole, query: first })
      const pages = await pagesOf({ ...first, cursor: nextCursor ?? "" })
      const scans = (await Promise.all(pages.map((page) => scansOf(whole, page)))).flat()
      expect(scans.map(({ condition }) => condition)).toContainEqual(expect.stringContaining("ROW("))
    })
  },
)

/** The statement that counts a filtered list's terminals. */
async function countOf(filter: Partial<TerminalQuery>) {
  const query = { ...TerminalQuery.parse({}), ...filter }
  const statements = await statementsOf(() => listTerminals({ actor: whole, query }))
  const count = statements.find(({ text }) => text.includes("as count from"))
  if (!count) throw new Error("a list counts its terminals")
  return count
}

/** Functions that look up what row-level security lets no index find, and where they search for texts. */
const lookUps: [string, string[]][] = [
  ["terminals_named", ["store", "terminal", "terminal_tid"]],
  ["terminals_labelled", ["terminal"]],
  ["stores_named", ["store"]],
]

const isOwn = /\w+\.org_id = nullif\(current_setting\('app\.org_id', true\), ''\)::uuid/g

describe("in a fleet of a thousand terminals", () => {
  beforeAll(() =>
    asOwner(async (client) => {
      await client.query(
        `insert into terminal (org_id, serial, warranty_until)
         select $1, 'one of many ' || n, current_date - 100 + n % 900 from generate_series(1, 1000) n`,
        [a.orgId],
      )
      await client.query(
        `insert into terminal_store (org_id, terminal_id, store_id, from_at)
         select org_id, id, $1, '1970-01-01' from terminal where serial like 'one of many %'`,
        [idOf(own, "store")],
      )
      await client.query(
        `insert into terminal_tid (org_id, terminal_id, tid, from_at)
         select org_id, id, serial, '1970-01-01' from terminal where serial like 'one of many %'`,
      )
      await client.query(
        `insert into terminal_state (terminal_id, org_id)
         select id, org_id from terminal where serial like 'one of many %'`,
      )
      // Vacuuming also sorts what is new into the indexes of texts, before which they look dear.
      await client.query("vacuum (analyze) terminal, terminal_state, terminal_store, terminal_tid")
    }),
  )

  test.for<[Partial<TerminalQuery>, string, string]>([
    [{ warranty: "over" }, "terminal", "warranty_until"],
    [{ warranty: "within30" }, "terminal", "warranty_until"],
    [{ warranty: "within90" }, "terminal", "warranty_until"],
    [{ warranty: "within365" }, "terminal", "warranty_until"],
    [{ state: "offline" }, "terminal_state", "online_state"],
    [{ state: "unknown" }, "terminal_state", "online_state"],
    // Of the few flags of a test, any index will do.
    [{ flagged: "true" }, "flag", ""],
  ])("those of %j are looked up by an index, and no others are counted", async (filter, context) => {
    notOnCluster(context, "its plans are those of many tasks, which cluster-plans.test.ts reads")
    const [chosen, table, column] = filter
    const query = { ...TerminalQuery.parse({}), ...chosen }
    const statements = await statementsOf(() => listTerminals({ actor: whole, query }))
    const lookUps = statements.filter(({ text }) => new RegExp(`from ${table}\\b.*${column}`, "s").test(text))
    const [lookUp] = lookUps
    if (!lookUp) throw new Error("these terminals are looked up")
    const scans = (await scansOf(whole, lookUp)).filter((scan) => scan.table === table)
    expect(scans.length).toBeGreaterThan(0)
    for (const { condition } of scans) expect(condition).toContain(column)
    expect(await scansOf(whole, await countOf(chosen))).toMatchObject([
      { table: "terminal", condition: expect.stringContaining("id = ANY") },
    ])
  })

  test("those with a placeholder are looked up by an index", async (context) => {
    notOnCluster(context, "its plans are those of many tasks, which cluster-plans.test.ts reads")
    const query = TerminalQuery.parse({ placeholder: "true" })
    const statements = await statementsOf(() => listTerminals({ actor: whole, query }))
    const lookUp = statements.find(({ text }) => text.includes("placeholder_serials"))
    if (!lookUp) throw new Error("terminals with a placeholder are looked up")
    const scans = await scansOf(whole, lookUp)
    const conditionOf = (table: string) => scans.find((scan) => scan.table === table)?.condition
    expect(conditionOf("terminal")).toContain("serial_key")
    expect(conditionOf("terminal_tid")).toContain("tid_key")
  })

  test("a sample of a model's is read by an index", async (context) => {
    notOnCluster(context, "its plans are those of many tasks, which cluster-plans.test.ts reads")
    const terminalId = idOf(own, "terminal")
    const statements = await statementsOf(() =>
      getEvidence({ actor: whole, terminalId, query: { rule: "chip_reader" } }),
    )
    const sample = statements.find(({ text }) => text.includes("hashint8"))
    if (!sample) throw new Error("evidence compares with a sample")
    expect(await scansOf(whole, sample)).toMatchObject([
      { table: "terminal", condition: expect.stringContaining("model_id") },
    ])
  })

  // Without the organisation's condition, which every table has an index for, only that of the texts is left.
  test.each(lookUps)("%s finds texts by an index", async (name, tables) => {
    const plan = await asOwner(async (client) => {
      const [found] = (
        await client.query<{ body: string }>("select prosrc as body from pg_proc where proname = $1", [name])
      ).rows
      const statement = found?.body
        .replaceAll(/\b(searched|wanted)\b/g, "'abc'::text")
        .replace(/\bmost\b/, "100")
        .replaceAll(isOwn, "true")
      // Within a transaction, in which a cluster's nodes get the settings, too.
      await client.query("begin")
      await client.query("set local citus.propagate_set_commands = 'local'")
      for (const way of ["seqscan", "indexscan", "indexonlyscan"])
        await client.query(`set local enable_${way} = off`)
      const explained = await client.query<{ "QUERY PLAN": Json }>(`explain (format json) ${statement}`)
      return explained.rows[0]?.["QUERY PLAN"] ?? null
    })
    const found = scansBelow(plan).filter(({ condition }) => condition.includes("@>"))
    expect([...new Set(found.map(({ table }) => table))].toSorted()).toEqual(tables)
  })
})

test.each([
  ["happened_at", {}],
  ["happened_at", { cause: "device" }],
  ["code", { code: "unionpay:05" }],
  ["release", { release: "4.2.0" }],
  ["issuer", { issuer: "621700" }],
  ["store_id", { operator: "5:02" }],
  ["subcause", { subcause: "insufficient_funds" }],
] as const)("an index with the %s finds failed sales %o without their raw rows", async (column, filter) => {
  const query = { range: "7d", limit: 50, ...filter } as const
  const statements = await statementsOf(() => listFailedSales({ actor: whole, query }))
  const found = statements.filter(({ text }) => /as place\s+from verdict|as count/.test(text))
  expect(found).toHaveLength(2)
  for (const statement of found) {
    const scans = await scansOf(whole, statement)
    const condition = scans.find(({ table }) => table === "verdict")?.condition
    expect(condition).toContain("happened_at")
    expect(condition).toContain(column)
    expect(scans.map(({ table }) => table)).not.toContainEqual(expect.stringContaining("transaction"))
  }
})

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
