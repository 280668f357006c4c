import { spawn } from "node:child_process"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { workerArguments } from "@/lib/run/launch/children"
import { Random } from "@/lib/run/simulation/random"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { at, sum } from "@/tests/support/fold-sales"
import { lockTable, ofTable, waitingLocks } from "@/tests/support/node-locks"
import { givenBatch } from "@/tests/support/raw"
import { counted, recount, storesOf, type SentRow } from "@/tests/support/recount"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

type Fleet = { orgId: string; rows: SentRow[] }

/**
 * Three days of two stores with retries, every cause and counter resets. In each store one terminal has a
 * wrong clock and beats without counters.
 */
async function givenFleet(seed: number): Promise<Fleet> {
  const { orgId } = await givenOrganisation()
  const random = new Random("fold test", seed)
  const below = (n: number) => random.below(n)
  const codes = await asWorker((db) =>
    db.query<{ id: number; code: string }>(sql`
    select c.id, c.code from response_code c join code_pack p on p.id = c.pack_id
    where p.code_system = 'ums-mispos' and c.code in ('51', '55', '91', 'A1', '1O', '00')`),
  )
  const rows: Fleet["rows"] = []
  const terminals = []
  for (let i = 0; i < 2; i += 1) {
    const { storeId } = await givenStore(orgId)
    for (let j = 0; j < 2; j += 1) terminals.push((await givenTerminal(orgId, { storeId })).terminalId)
  }
  for (const [index, terminalId] of terminals.entries()) {
    const isSteady = index % 2 === 0
    let lines = 1000
    for (let i = 0; i < 60; i += 1) {
      lines = below(20) === 0 ? below(10) : lines + below(50)
      rows.push({
        kind: "heartbeat",
        row: {
          terminal_id: terminalId,
          at: at(-86_400 + i * 4000 + below(900)),
          app: `5.${Math.floor(i / 30)}`,
          battery_pct: below(100),
          ...(isSteady || below(4) ? { printer_lines: lines, chip_reads: lines * 2 } : {}),
        },
      })
    }
    let s = -90_000
    for (let i = 0; i < 120; i += 1) {
      s += [20, 100, 180, 900, 4000][below(5)] ?? 0
      const outcome = ["approved", "approved", "declined", "failed", "cancelled", "reversed"][below(6)]
      const code = codes[below(codes.length)]
      rows.push({
        kind: "transaction",
        row: {
          terminal_id: terminalId,
          at: at(s),
          id: `${i}`,
          outcome,
          entry_mode: ["chip", "contactless", "swipe", "ecommerce"][below(4)],
          amount_minor: 100,
          ...(below(3) ? { card_ref: `card ${below(3)}` } : {}),
          ...(below(5) ? { code_system: "ums-mispos", code: code?.code, response_code_id: code?.id } : {}),
          ...(!isSteady && below(10) === 0 ? { clock_offset_ms: 3_600_000 } : {}),
          operator: `0${below(3)}`,
          issuer_bin: "62220${below(2)}",
        },
      })
    }
  }
  return { orgId, rows }
}

async function send({ orgId, rows }: Fleet, size: number): Promise<void> {
  for (let i = 0; i < rows.length; i += size) {
    const part = rows.slice(i, i + size)
    for (const kind of ["heartbeat", "transaction"] as const) {
      const ofKind = part.filter((row) => row.kind === kind).map(({ row }) => row)
      if (ofKind.length > 0) await givenBatch(orgId, kind, ofKind)
    }
  }
}

/** Causes, channels, hours and segments must add up to the days. */
async function expectConsistent(orgId: string) {
  const { hours, days, segments } = await rollupsOf(orgId)
  for (const column of [
    "presentments",
    "failures",
    "device",
    "card",
    "operator",
    "system",
    "unknown",
    "raw_attempts",
    "raw_cancelled",
    "ch_chip",
    "beats",
    "printer_lines",
  ]) {
    expect([column, sum(hours, column)]).toEqual([column, sum(days, column)])
  }
  expect(
    ["device", "card", "operator", "system", "unknown"].reduce((total, cause) => total + sum(days, cause), 0),
  ).toBe(sum(days, "failures"))
  for (const dimension of ["code", "model", "release", "acquirer", "issuer", "entryMode", "operator"]) {
    for (const stores of [(id: unknown) => id === 0, (id: unknown) => id !== 0]) {
      const rows = segments.filter((row) => row["dimension"] === dimension && stores(row["store_id"]))
      expect([dimension, sum(rows, "presentments"), sum(rows, "raw_failures")]).toEqual([
        dimension,
        sum(days, "presentments"),
        sum(days, "raw_failures"),
      ])
    }
  }
}

const waiting = async (orgId: string) =>
  (
    await asWorker((db) =>
      db.query(sql`select 1 from ingest_batch where org_id = ${orgId}::uuid and folded_at is null`),
    )
  ).length

describe("exactly once", () => {
  test.each([1, 2, 3])(
    "equals a recount in any order, in pieces and with duplicates (seed %i)",
    async (seed) => {
      const fleet = await givenFleet(seed)
      const random = new Random("order", seed)
      const shuffled = fleet.rows
        .map((row) => ({ row, key: random.unit() }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ row }) => row)
      for (const part of [shuffled.slice(0, 300), shuffled.slice(200, 500), shuffled.slice(400)]) {
        await send({ ...fleet, rows: part }, 70)
        await foldAll()
      }
      expect(await counted(fleet.orgId)).toEqual(recount(fleet.rows, await storesOf(fleet.orgId)))
      await expectConsistent(fleet.orgId)

      const before = await rollupsOf(fleet.orgId)
      await asWorker((db) =>
        db.query(sql`update ingest_batch set folded_at = null where org_id = ${fleet.orgId}::uuid`),
      )
      await foldAll()
      expect(await rollupsOf(fleet.orgId)).toEqual(before)
    },
  )

  test.each([4, 5])("gives the same result in order, in pieces, as all at once (seed %i)", async (seed) => {
    const fleet = await givenFleet(seed)
    const inOrder = fleet.rows.toSorted((a, b) => (a.row.at < b.row.at ? -1 : 1))
    for (let i = 0; i < inOrder.length; i += 60) {
      await send({ ...fleet, rows: inOrder.slice(i, i + 60) }, 60)
      await foldAll()
    }
    expect(await counted(fleet.orgId)).toEqual(recount(fleet.rows, await storesOf(fleet.orgId)))
    const added = await rollupsOf(fleet.orgId)

    await asWorker(async (db) => {
      await db.query(sql`delete from terminal_tail where org_id = ${fleet.orgId}::uuid`)
      await db.query(sql`update ingest_batch set folded_at = null where org_id = ${fleet.orgId}::uuid`)
    })
    await foldAll()
    expect(await rollupsOf(fleet.orgId)).toEqual(added)
  })

  test("counts once with several workers at the same time", async () => {
    const fleet = await givenFleet(7)
    await send(fleet, 40)
    await Promise.all([foldAll(), foldAll(), foldAll()])
    await foldAll()
    expect(await counted(fleet.orgId)).toEqual(recount(fleet.rows, await storesOf(fleet.orgId)))
    await expectConsistent(fleet.orgId)
  })

  test("counts once after a worker is killed during a fold", async () => {
    const fleet = await givenFleet(9)
    await send({ ...fleet, rows: fleet.rows.slice(0, 200) }, 100)
    await foldAll()
    await send({ ...fleet, rows: fleet.rows.slice(200) }, 100)

    // The worker waits for this lock with half of its rollups written. It is killed while it waits.
    const unlock = await lockTable("segment_day")
    const worker = spawn(process.execPath, workerArguments, {
      env: { ...process.env, LOG_LEVEL: "silent" },
      stdio: "ignore",
    })
    const gone = new Promise((resolve) => worker.on("exit", resolve))
    await expect.poll(() => waitingLocks(ofTable("segment_day")), { timeout: 60_000 }).toBeGreaterThan(0)
    worker.kill("SIGKILL")
    await gone
    await unlock()

    await expect
      .poll(async () => (await foldAll()).batches + (await waiting(fleet.orgId)), { timeout: 20_000 })
      .toBe(0)
    expect(await counted(fleet.orgId)).toEqual(recount(fleet.rows, await storesOf(fleet.orgId)))
    await expectConsistent(fleet.orgId)
  }, 120_000)
})
