import fc from "fast-check"
import sql from "sql-template-tag"
import { describe, expect, test, vi } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { wilsonInterval } from "@/lib/base/statistics/wilson"
import { addDays, localDay } from "@/lib/base/time/zone"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { onlineStates, terminalStatuses } from "@/lib/fleet/terminals/words"
import { overview } from "@/lib/outlook/overview/overview"
import { fewestSales } from "@/lib/outlook/overview/words"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { scansOf, statementsOf } from "@/tests/support/plans"

useDatabase()

const zone = "Asia/Shanghai"
const today = localDay(new Date(), zone)

const sold = (orgId: string, storeId: number, day: string, presentments: number, failures: number) =>
  asWorker((db) =>
    db.query(sql`
      insert into place_day (org_id, store_id, day, presentments, failures)
      values (${orgId}::uuid, ${storeId}::bigint, ${day}::date, ${presentments}::int, ${failures}::int)`),
  )

describe("the numbers of terminals", () => {
  test("are those of the lists that their cards open", async () => {
    const { orgId, actor } = await givenOrganisation()
    const { storeId } = await givenStore(orgId)
    for (const status of terminalStatuses)
      for (const state of [...onlineStates, null]) {
        const { terminalId } = await givenTerminal(orgId, { storeId })
        await asWorker(async (db) => {
          await db.query(sql`
            update terminal_status set status = ${status} where terminal_id = ${terminalId}::bigint`)
          if (state !== null)
            await db.query(sql`
              insert into terminal_state (org_id, terminal_id, online_state)
              values (${orgId}::uuid, ${terminalId}::bigint, ${state})
              on conflict (terminal_id) do update set online_state = excluded.online_state`)
        })
      }
    const seen = await overview({ actor, query: { range: "7d" } })
    const listed = async (filter: object) =>
      (await listTerminals({ actor, query: TerminalQuery.parse(filter) })).total
    expect(seen.terminals).toBe(await listed({ status: "active" }))
    expect(seen.pending).toBe(await listed({ status: "pending" }))
    expect(seen.terminals).toBe(onlineStates.length + 1)
    for (const state of onlineStates)
      expect([state, seen.states[state]]).toEqual([state, await listed({ status: "active", state })])
  })
})

describe("the stores with the highest rates", () => {
  test("are in the order of their intervals' lower ends", async () => {
    const { orgId, actor } = await givenOrganisation()
    const stores: number[] = []
    for (let i = 0; i < 8; i += 1) stores.push((await givenStore(orgId)).storeId)
    const many = fc.nat(3000).chain((failures) => fc.tuple(fc.constant(failures), fc.nat(20_000)))
    const tally = fc.oneof(many, fc.tuple(fc.nat(30), fc.nat(30)))
    await fc.assert(
      fc.asyncProperty(fc.array(tally, { minLength: 8, maxLength: 8 }), async (tallies) => {
        await asWorker((db) => db.query(sql`delete from place_day where org_id = ${orgId}::uuid`))
        const all = tallies.map(([failures, others], i) => ({
          id: stores[i] ?? 0,
          failures,
          attempts: failures + others,
        }))
        for (const { id, failures, attempts } of all) await sold(orgId, id, today, attempts, failures)
        const { worstStores } = await overview({ actor, query: { range: "7d" } })
        const lowerEnd = ({ failures, attempts }: { failures: number; attempts: number }) =>
          wilsonInterval(failures, attempts)?.[0] ?? 0
        const expected = all
          .filter(({ failures, attempts }) => failures > 0 && attempts >= fewestSales)
          .toSorted((a, b) => lowerEnd(b) - lowerEnd(a) || a.id - b.id)
          .slice(0, 5)
        expect(worstStores.map(({ id, failures, attempts }) => ({ id, failures, attempts }))).toEqual(
          expected,
        )
      }),
      { numRuns: 15 },
    )
  })

  test("are ranked once a minute, in the background, if there are more than 5,000", async () => {
    const { orgId, actor } = await givenOrganisation()
    const [first, second] = [(await givenStore(orgId)).storeId, (await givenStore(orgId)).storeId]
    await sold(orgId, first, today, 100, 50)
    const now = new Date(`${today}T12:30:00+08:00`)
    const worst = async (seconds: number, reader = actor) => {
      const at = new Date(now.getTime() + seconds * 1000)
      const { worstStores } = await overview({ actor: reader, query: { range: "7d" }, now: at })
      return worstStores.map(({ id }) => id)
    }
    expect(await worst(0)).toEqual([first])
    await asWorker((db) =>
      db.query(sql`
        insert into store (org_id, code, name, time_zone)
        select ${orgId}::uuid, 'many ' || n, 'many', ${zone} from generate_series(1, 5000) n`),
    )
    expect(await worst(1)).toEqual([first])
    await sold(orgId, second, today, 100, 60)
    expect(await worst(60)).toEqual([first])
    expect(await worst(60, { ...actor, stores: [second] })).toEqual([second])
    expect(await worst(61)).toEqual([first])
    await vi.waitFor(async () => expect(await worst(62)).toEqual([second, first]))
  })

  test.each([
    ["24h", null],
    ["7d", -6],
    ["30d", -29],
  ] as const)("cover the dates of %s that the answer names", async (range, first) => {
    const { orgId, actor, unassignedStoreId } = await givenOrganisation()
    const { storeId } = await givenStore(orgId)
    const now = new Date(`${today}T12:30:00+08:00`)
    const days = { first: addDays(today, first ?? -1), last: today }
    for (const day of [addDays(days.first, -1), days.first, days.last, addDays(days.last, 1)])
      await sold(orgId, storeId, day, 100, 1)
    await sold(orgId, unassignedStoreId, today, 100, 10)
    await sold(orgId, 0, today, 200, 11)
    const seen = await overview({ actor, query: { range }, now })
    expect(seen.days).toEqual(days)
    expect(seen.worstStores).toMatchObject([{ id: storeId, attempts: 200, failures: 2 }])
  })
})

test("what needs attention reads the newest flags of each kind in the order of an index", async () => {
  const { orgId, actor } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const { terminalId } = await givenTerminal(orgId, { storeId })
  const others = [await givenOrganisation(), await givenOrganisation(), await givenOrganisation()]
  const orgIds = [orgId, ...others.map((one) => one.orgId)]
  await asWorker(async (db) => {
    await db.query(sql`
      insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
        evaluated_at, reasons)
      select org_id, case n % 3 when 0 then 'replacement' else 'maintenance' end,
             case n % 3 when 2 then 'silent' else 'self_check' end, n::text,
             case when org_id = ${orgId}::uuid then ${terminalId}::bigint end,
             case when org_id = ${orgId}::uuid then ${storeId}::bigint end,
             case when n <= 3000 then 'open' else 'closed' end, now(),
             now() - n * interval '1 minute', now(), '[]'
        from generate_series(1, 4000) n, unnest(${orgIds}::uuid[]) as org_id`)
  })
  await asOwner((client) => client.query("analyze flag"))
  const show = () => overview({ actor, query: { range: "7d" } })
  const { needs } = await show()
  expect(needs.map(({ rule, kind, count }) => [rule, kind, count])).toEqual([
    ["self_check", "replacement", 1000],
    ["self_check", "maintenance", 1000],
    ["silent", "maintenance", 1000],
  ])
  for (const { newest } of needs) {
    const times = newest.map(({ openedAt }) => openedAt)
    expect(times).toEqual(times.toSorted().toReversed())
    expect(times).toHaveLength(3)
  }
  const statements = (await statementsOf(show)).filter(({ text }) => text.includes("with kinds"))
  expect(statements).toHaveLength(1)
  for (const statement of statements) {
    const conditions = (await scansOf(actor, statement))
      .filter(({ table }) => table === "flag")
      .map(({ condition }) => condition)
    expect(conditions).toContainEqual(expect.stringMatching(/rule = .*kind = /))
    expect(conditions.every((condition) => condition.includes("org_id"))).toBe(true)
  }
})
