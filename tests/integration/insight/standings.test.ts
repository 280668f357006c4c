import fc from "fast-check"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import type { Actor } from "@/lib/access/actor/actor"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, dayStart, localDay } from "@/lib/base/time/zone"
import { changeTerminals } from "@/lib/fleet/terminals/life/change-terminals"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { settleStates } from "@/lib/insight/silence/settle-states"
import { checkStandings } from "@/lib/insight/standings/check-standings"
import { ranksOf } from "@/lib/insight/standings/rank"
import { settleStandings } from "@/lib/insight/standings/settle-standings"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { moveRecords } from "@/lib/rollups/merge/move-records"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { heartbeats, lines } from "@/tests/support/ingest"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const midnight = Math.floor(Date.now() / dayMs) * dayMs

type Sale = { terminalId: number; at: number; failed: boolean }

/** Each of these sales is one of its own: no card comes back. */
const send = (orgId: string, sales: readonly Sale[]) =>
  givenBatch(
    orgId,
    "transaction",
    sales.map(({ terminalId, at, failed }) => ({
      terminal_id: terminalId,
      at: new Date(at).toISOString(),
      id: `${at}`,
      outcome: failed ? "declined" : "approved",
      entry_mode: "chip",
      card_ref: `${at}`,
    })),
  )

const storedOf = async (orgId: string) =>
  new Map(
    (
      await asWorker((db) =>
        db.query<{ id: number; worst: number; best: number }>(sql`
          select terminal_id as id, worst_rank as worst, best_rank as best
            from terminal_standing where org_id = ${orgId}::uuid`),
      )
    ).map(({ id, ...ranks }) => [id, ranks]),
  )

type Zones = { sold: string; now: string }

/**
 * Sales of a terminal in the seven days of its store that end on the day of `now`. A sale counts on the day
 * of the store where the terminal was.
 */
function ranksBySales(sales: readonly Sale[], terminalId: number, zone: Zones, now: Date) {
  const last = localDay(now, zone.now)
  const own = sales.filter((sale) => {
    const day = localDay(new Date(sale.at), zone.sold)
    return sale.terminalId === terminalId && day >= addDays(last, -6) && day <= last
  })
  return ranksOf({ attempts: own.length, failures: own.filter(({ failed }) => failed).length })
}

const zones = ["Pacific/Kiritimati", "Asia/Shanghai", "America/New_York"]

async function givenFleet() {
  const { orgId, actor } = await givenOrganisation()
  const stores = await Promise.all(zones.map((timeZone) => givenStore(orgId, { timeZone })))
  const terminals = await Promise.all(
    stores.map(async ({ storeId }, place) => ({
      id: (await givenTerminal(orgId, { storeId })).terminalId,
      place,
      // All sales are from before the first move.
      placeOfSales: place,
    })),
  )
  return { orgId, actor, stores: stores.map(({ storeId }) => storeId), terminals }
}

const settleAll = async (now: Date) => {
  await foldAll()
  await settleStates({ now: new Date() })
  await settleStandings({ now })
}

const step = fc.record({
  what: fc.constantFrom("sell", "sell late", "move", "retire", "wait", "merge"),
  terminal: fc.nat(2),
  place: fc.nat(2),
  hours: fc.integer({ min: 1, max: 200 }),
  count: fc.integer({ min: 15, max: 60 }),
  failsEvery: fc.integer({ min: 2, max: 9 }),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
type Fleet = Awaited<ReturnType<typeof givenFleet>>

const change = (actor: Actor, id: number, to: { store: number } | { status: "retired" }) =>
  changeTerminals({ actor, ids: [id], change: to, note: "test" })

/** Does a step. Returns the sales that count afterwards. */
async function act(fleet: Fleet, sales: readonly Sale[], one: Step): Promise<Sale[]> {
  const terminal = fleet.terminals[one.terminal]
  const storeId = fleet.stores[one.place]
  if (!terminal || storeId === undefined) throw new Error("no such terminal")
  if (one.what === "sell" || one.what === "sell late") {
    const from = one.what === "sell" ? midnight - 5 * hourMs : midnight - one.hours * hourMs
    const more = Array.from({ length: one.count }, (_, i) => ({
      terminalId: terminal.id,
      at: from + i * 240_000 + sales.length,
      failed: i % one.failsEvery === 0,
    }))
    const known = new Set(sales.map(({ terminalId, at }) => `${terminalId} ${at}`))
    const added = more.filter(({ terminalId, at }) => !known.has(`${terminalId} ${at}`))
    await send(fleet.orgId, added)
    return [...sales, ...added]
  }
  if (one.what === "move") {
    await change(fleet.actor, terminal.id, { store: storeId })
    terminal.place = one.place
  }
  if (one.what === "retire") await change(fleet.actor, terminal.id, { status: "retired" })
  if (one.what === "merge") {
    const kept = fleet.terminals[(one.terminal + 1) % 3]
    if (!kept) throw new Error("no such terminal")
    await foldAll()
    await asWorker((db) =>
      db.query(sql`update terminal set merged_into = ${kept.id}::bigint where id = ${terminal.id}::bigint`),
    )
    await moveRecords({ orgId: fleet.orgId, from: terminal.id, to: kept.id, days: [] })
    await asWorker((db) =>
      db.query(sql`update terminal set merged_into = null where id = ${terminal.id}::bigint`),
    )
    return sales.map((sale) => (sale.terminalId === terminal.id ? { ...sale, terminalId: kept.id } : sale))
  }
  return [...sales]
}

describe("standings", () => {
  test("are those of an independent count after folds, late sales, moves, merges and days", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 6 }), async (steps) => {
        const fleet = await givenFleet()
        let sales: Sale[] = []
        let now = new Date()
        for (const one of steps) {
          sales = await act(fleet, sales, one)
          if (one.what === "wait") now = new Date(+now + one.hours * hourMs)
          await settleAll(now)
          const stored = await storedOf(fleet.orgId)
          for (const { id, place, placeOfSales } of fleet.terminals) {
            const zone = { sold: zones[placeOfSales] ?? "", now: zones[place] ?? "" }
            expect(stored.get(id)).toEqual(ranksBySales(sales, id, zone, now))
          }
          expect(await checkStandings({ orgId: fleet.orgId, isRepair: false, now })).toEqual([])
        }
      }),
      { numRuns: 3 },
    )
  }, 120_000)

  test("change when a store's day begins, and not before", async () => {
    const { orgId, terminals } = await givenFleet()
    const [, shanghai] = terminals
    if (!shanghai) throw new Error("no terminal")
    const zone = "Asia/Shanghai"
    const today = localDay(new Date(), zone)
    const from = +dayStart(addDays(today, -1), zone)
    await send(
      orgId,
      Array.from({ length: 40 }, (_, i) => ({
        terminalId: shanghai.id,
        at: from + i * 240_000,
        failed: i % 4 === 0,
      })),
    )
    await settleAll(new Date())
    const ranked = ranksOf({ attempts: 40, failures: 10 })
    const lastEnd = +dayStart(addDays(today, 6), zone)
    await settleStandings({ now: new Date(lastEnd - 1000) })
    expect((await storedOf(orgId)).get(shanghai.id)).toEqual(ranked)
    await settleStandings({ now: new Date(lastEnd + 1000) })
    expect((await storedOf(orgId)).get(shanghai.id)).toEqual({ worst: -1, best: 1001 })
  })

  test("are repaired by the check", async () => {
    const { orgId, terminals } = await givenFleet()
    await settleAll(new Date())
    await asWorker((db) =>
      db.query(sql`
      update terminal_standing set worst_rank = 7, open_flags = 3
       where terminal_id = ${terminals[0]?.id}::bigint`),
    )
    const columns = async (isRepair: boolean) =>
      (await checkStandings({ orgId, isRepair })).map(({ column, stored }) => [column, stored])
    const wrong = [
      ["worst_rank", "7"],
      ["open_flags", "3"],
    ]
    expect(await columns(true)).toEqual(wrong)
    expect(await columns(false)).toEqual([])
  })
})

describe("the list of terminals", () => {
  test("says that rates are not ranked yet, and then since when", async () => {
    const { orgId, actor } = await givenOrganisation()
    await givenTerminal(orgId)
    const asOf = async () => (await listTerminals({ actor, query: TerminalQuery.parse({}) })).asOf
    expect(await asOf()).toBeNull()
    const now = new Date()
    await settleAll(now)
    expect(await asOf()).toBe(now.toISOString())
  })

  test("by rate puts the surely worst or best first, and those with few sales last", async () => {
    const { orgId, actor } = await givenOrganisation()
    const sold = [
      ["few", 10, 5],
      ["bad", 200, 60],
      ["perhaps bad", 20, 6],
      ["good", 200, 6],
      ["perhaps good", 20, 0],
    ] as const
    for (const [serial, attempts, failures] of sold) {
      const { terminalId } = await givenTerminal(orgId, { serial })
      await send(
        orgId,
        Array.from({ length: attempts }, (_, i) => ({
          terminalId,
          at: midnight - 2 * dayMs + i * 240_000,
          failed: i < failures,
        })),
      )
    }
    await settleAll(new Date())
    const serials = async (query: Record<string, string>) => {
      const first = await listTerminals({
        actor,
        query: TerminalQuery.parse({ sort: "rate", limit: "3", ...query }),
      })
      const cursor = first.nextCursor ?? ""
      const second = await listTerminals({
        actor,
        query: TerminalQuery.parse({ sort: "rate", limit: "3", cursor, ...query }),
      })
      return [...first.data, ...second.data].map(({ serial }) => serial)
    }
    expect(await serials({ order: "desc" })).toEqual(["bad", "perhaps bad", "good", "perhaps good", "few"])
    expect(await serials({ order: "asc" })).toEqual(["good", "perhaps good", "bad", "perhaps bad", "few"])
  })

  test.each([1, 2])("by flags has a terminal that ingest enrolled %i folds ago", async (folds) => {
    const { orgId, actor, ingestKey } = await givenOrganisation()
    const terminal = "SN-enrolled"
    for (let i = folds; i > 0; i -= 1) {
      const at = new Date(Date.now() - i * 60_000).toISOString()
      await heartbeats({ key: ingestKey, body: lines([{ terminal, at }]) })
      await foldAll()
    }
    await settleAll(new Date())
    const { data } = await listTerminals({ actor, query: TerminalQuery.parse({ sort: "flags" }) })
    expect(data.map(({ serial }) => serial)).toEqual([terminal])
    expect(await checkStandings({ orgId, isRepair: false })).toEqual([])
  })

  test("by state puts the silent first or last", async () => {
    const { orgId, actor } = await givenOrganisation()
    const states = ["online", "offline", "unknown", "late", "suspect"]
    for (const serial of states) {
      const { terminalId } = await givenTerminal(orgId, { serial })
      await asWorker((db) =>
        db.query(sql`
        insert into terminal_state (terminal_id, org_id, online_state, next_state_at)
        values (${terminalId}::bigint, ${orgId}::uuid, ${serial}, null)`),
      )
    }
    const { data } = await listTerminals({
      actor,
      query: TerminalQuery.parse({ sort: "state", order: "desc" }),
    })
    expect(data.map(({ onlineState }) => onlineState)).toEqual([
      "offline",
      "suspect",
      "late",
      "online",
      "unknown",
    ])
  })
})
