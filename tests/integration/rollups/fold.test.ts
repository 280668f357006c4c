import { spawn } from "node:child_process"
import pg from "pg"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { Random } from "@/lib/run/simulation/random"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { givenBatch } from "@/tests/support/raw"
import { counted, recount, type SentRow } from "@/tests/support/recount"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

// Noon of yesterday in Shanghai: not near midnight, and always within raw retention.
const noon = new Date(
  `${localDay(new Date(Date.now() - 86_400_000), "Asia/Shanghai")}T12:00:00+08:00`,
).getTime()
const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString()

type Sale = {
  id: string
  s: number
  outcome: string
  card_ref?: string
  amount_minor?: number
  entry_mode?: string
  code?: string
}

const totals = async (orgId: string) => {
  const { days } = await rollupsOf(orgId)
  return {
    presentments: sum(days, "presentments"),
    failures: sum(days, "failures"),
    raw: sum(days, "raw_attempts"),
    rawFailures: sum(days, "raw_failures"),
  }
}
const sum = (rows: Record<string, unknown>[], column: string) =>
  rows.reduce((total, row) => total + Number(row[column] ?? 0), 0)

describe("the presentment rule", () => {
  const declined = (id: string, s: number, more: Partial<Sale> = {}): Sale => ({
    id,
    s,
    outcome: "declined",
    card_ref: "c1",
    ...more,
  })
  const approved = (id: string, s: number, more: Partial<Sale> = {}): Sale => ({
    id,
    s,
    outcome: "approved",
    card_ref: "c1",
    ...more,
  })

  test.each<[string, Sale[], [presentments: number, failures: number, raw: number, rawFailures: number]]>([
    [
      "a retry after a failure is the same presentment, which keeps its first outcome",
      [declined("1", 0), approved("2", 60)],
      [1, 1, 2, 1],
    ],
    ["180 seconds later it is the same presentment", [declined("1", 0), approved("2", 180)], [1, 1, 2, 1]],
    ["181 seconds later it is a new presentment", [declined("1", 0), approved("2", 181)], [2, 1, 2, 1]],
    ["an attempt after a success is a new presentment", [approved("1", 0), declined("2", 10)], [2, 1, 2, 1]],
    [
      "a chain of failures is one presentment",
      [declined("1", 0), declined("2", 170), declined("3", 340), approved("4", 500)],
      [1, 1, 4, 3],
    ],
    [
      "a failed attempt counts like a declined one",
      [declined("1", 0, { outcome: "failed" }), approved("2", 5)],
      [1, 1, 2, 1],
    ],
    [
      "a cancelled attempt counts as an attempt and not as a failure",
      [declined("1", 0, { outcome: "cancelled" }), approved("2", 5)],
      [2, 0, 2, 0],
    ],
    [
      "another card is another customer",
      [declined("1", 0), approved("2", 10, { card_ref: "c2" })],
      [2, 1, 2, 1],
    ],
    [
      "a reversal adds no attempt and hides no failure",
      [declined("1", 0), approved("r", 5, { outcome: "reversed" }), approved("2", 10)],
      [1, 1, 2, 1],
    ],
    ["the id decides the order within a second", [approved("b", 0), declined("a", 0)], [1, 1, 2, 1]],
    [
      "without a token, the same amount and entry mode are the same customer",
      [
        declined("1", 0, { card_ref: undefined, amount_minor: 100, entry_mode: "chip" } as never),
        approved("2", 9, { card_ref: undefined, amount_minor: 100, entry_mode: "chip" } as never),
      ],
      [1, 1, 2, 1],
    ],
    [
      "without a token and an amount it is never a retry, even with the same id",
      [
        declined("1", 0, { card_ref: undefined, entry_mode: "chip" } as never),
        declined("1", 5, { card_ref: undefined, entry_mode: "chip" } as never),
        approved("2", 9, { card_ref: undefined, entry_mode: "chip" } as never),
      ],
      [3, 2, 3, 2],
    ],
    [
      "without a token, another amount is another customer",
      [
        declined("1", 0, { card_ref: undefined, amount_minor: 100, entry_mode: "chip" } as never),
        approved("2", 9, { card_ref: undefined, amount_minor: 200, entry_mode: "chip" } as never),
      ],
      [2, 1, 2, 1],
    ],
  ])("%s", async (_name, sales, expected) => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    const rows = sales.map(({ s, ...sale }) => ({ terminal_id: terminalId, at: at(s), ...sale }))
    // The hardest order: reversed, one row at a time.
    for (const row of rows.toReversed()) {
      await givenBatch(orgId, "transaction", [row])
      await foldAll()
    }
    expect(Object.values(await totals(orgId))).toEqual(expected)
  })

  test("a late row turns a later row into a retry, also across midnight", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    const midnight = 12 * 3600
    const sale = (id: string, s: number, outcome: string) => ({
      terminal_id: terminalId,
      at: at(s),
      id,
      outcome,
      card_ref: "c",
    })
    await givenBatch(orgId, "transaction", [sale("2", midnight + 30, "declined")])
    await foldAll()
    expect(await totals(orgId)).toMatchObject({ presentments: 1, failures: 1 })
    await givenBatch(orgId, "transaction", [sale("1", midnight - 60, "declined")])
    await foldAll()
    expect(await totals(orgId)).toMatchObject({ presentments: 1, failures: 1, raw: 2, rawFailures: 2 })
    const { days } = await rollupsOf(orgId)
    expect(days.map((day) => day["presentments"])).toEqual([1, 0])
  })
})

describe("counters", () => {
  const increments = async (orgId: string) =>
    (await rollupsOf(orgId)).hours.map((hour) => hour["printer_lines"])
  const beat = (terminalId: number, s: number, lines?: number) => ({
    terminal_id: terminalId,
    at: at(s),
    ...(lines === undefined ? {} : { printer_lines: lines }),
  })

  test("count in the hour of the later beat, and treat a decrease as a reset", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    await givenBatch(orgId, "heartbeat", [
      beat(terminalId, 0, 100),
      beat(terminalId, 3600, 130),
      beat(terminalId, 7200, 5),
      beat(terminalId, 10_800, 9),
    ])
    await foldAll()
    expect(await increments(orgId)).toEqual([null, 30, 5, 4])
  })

  test("a late beat splits an increment, and a beat without the counter is skipped", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    await givenBatch(orgId, "heartbeat", [beat(terminalId, 0, 100), beat(terminalId, 7200, 150)])
    await foldAll()
    expect(await increments(orgId)).toEqual([null, 50])
    await givenBatch(orgId, "heartbeat", [beat(terminalId, 3600, 120), beat(terminalId, 5400)])
    await foldAll()
    expect(await increments(orgId)).toEqual([null, 20, 30])
  })

  test("a late beat changes the increment of the next day's first beat", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    await givenBatch(orgId, "heartbeat", [beat(terminalId, 0, 100), beat(terminalId, 13 * 3600, 200)])
    await foldAll()
    await givenBatch(orgId, "heartbeat", [beat(terminalId, 3600, 160)])
    await foldAll()
    expect(await increments(orgId)).toEqual([null, 60, 40])
  })

  test("a late beat changes the increment of a later day across beats without the counter", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    const twoDaysBefore = -2 * 86_400
    await givenBatch(orgId, "heartbeat", [
      beat(terminalId, twoDaysBefore, 100),
      beat(terminalId, -86_400),
      beat(terminalId, 0, 200),
    ])
    await foldAll()
    expect(await increments(orgId)).toEqual([null, null, 100])
    await givenBatch(orgId, "heartbeat", [beat(terminalId, twoDaysBefore + 3600, 160)])
    await foldAll()
    expect(await increments(orgId)).toEqual([null, 60, null, 40])
  })

  test.each([11, 12, 13])(
    "equal a recount if they are reported only sometimes, late and in pieces (seed %i)",
    async (seed) => {
      const { orgId } = await givenOrganisation()
      const { terminalId } = await givenTerminal(orgId)
      const random = new Random("come and go", seed)
      let lines = 0
      const rows = Array.from({ length: 40 }, (_, i): SentRow => {
        lines = random.below(12) === 0 ? 0 : lines + random.below(50)
        return {
          kind: "heartbeat",
          row: beat(
            terminalId,
            (i - 34) * 14_000 + random.below(10_000),
            random.below(3) === 0 ? lines : undefined,
          ),
        }
      })
      const late = rows
        .map((row) => ({ row, key: random.unit() }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ row }) => row)
      for (let i = 0; i < late.length; i += 4) {
        await givenBatch(
          orgId,
          "heartbeat",
          late.slice(i, i + 4).map(({ row }) => row),
        )
        await foldAll()
      }
      expect(await counted(orgId)).toEqual(recount(rows))
    },
  )
})

describe("places and clocks", () => {
  test("a terminal that moves during the day counts for its store at the time", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId, storeId } = await givenTerminal(orgId)
    const { storeId: second } = await givenStore(orgId)
    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_store set to_at = ${at(600)}::timestamptz
          where terminal_id = ${terminalId}::bigint`,
      )
      await db.query(
        sql`
          insert into terminal_store (org_id, terminal_id, store_id, from_at)
          values (${orgId}::uuid, ${terminalId}::bigint, ${second}::bigint, ${at(600)}::timestamptz)`,
      )
    })
    await givenBatch(
      orgId,
      "transaction",
      [0, 300, 600, 900, 1200].map((s) => ({
        terminal_id: terminalId,
        at: at(s),
        id: `${s}`,
        outcome: "approved",
        card_ref: `${s}`,
      })),
    )
    await foldAll()
    const { days, segments } = await rollupsOf(orgId)
    expect(days.map((day) => [day["store_id"], day["presentments"]]).toSorted()).toEqual(
      [
        [storeId, 2],
        [second, 3],
      ].toSorted(),
    )
    expect(
      segments
        .filter((row) => row["dimension"] === "code")
        .map((row) => [row["store_id"], row["raw_attempts"]]),
    ).toEqual([
      [0, 5],
      [storeId, 2],
      [second, 3],
    ])
  })

  test("uses the store's own day, also in zones with half-hour offsets", async () => {
    const { orgId } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { timeZone: "Asia/Kolkata" })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    const day = localDay(new Date(noon), "UTC")
    // Midnight in Kolkata is 18:30 UTC: both rows are in one UTC hour, but on two days.
    const sale = (time: string, id: string) => ({
      terminal_id: terminalId,
      at: `${day}T${time}:00Z`,
      id,
      outcome: "approved",
      card_ref: id,
    })
    await givenBatch(orgId, "transaction", [sale("18:29", "1"), sale("18:31", "2")])
    await foldAll()
    const { hours, days } = await rollupsOf(orgId)
    expect(days.map((row) => row["presentments"])).toEqual([1, 1])
    expect(hours.map((row) => [(row["hour"] as Date).getUTCHours(), row["presentments"]])).toEqual([
      [18, 1],
      [18, 1],
    ])
    await givenBatch(orgId, "transaction", [sale("18:32", "3")])
    await foldAll()
    expect((await rollupsOf(orgId)).hours.map((row) => row["presentments"])).toEqual([1, 2])
  })

  test("a row with a corrected clock counts in the corrected hour", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    await givenBatch(orgId, "heartbeat", [
      { terminal_id: terminalId, at: at(-3 * 86_400), clock_offset_ms: 3 * 86_400_000 },
      { terminal_id: terminalId, at: at(60) },
    ])
    await foldAll()
    const { hours, states } = await rollupsOf(orgId)
    expect(hours.map((row) => [(row["hour"] as Date).toISOString(), row["beats"]])).toEqual([
      [new Date(noon).toISOString(), 2],
    ])
    expect(states).toMatchObject([{ last_beat_at: new Date(at(60)) }])
  })
})

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
      expect(await counted(fleet.orgId)).toEqual(recount(fleet.rows))
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
    expect(await counted(fleet.orgId)).toEqual(recount(fleet.rows))
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
    expect(await counted(fleet.orgId)).toEqual(recount(fleet.rows))
    await expectConsistent(fleet.orgId)
  })

  test("counts once after a worker is killed during a fold", async () => {
    const fleet = await givenFleet(9)
    await send({ ...fleet, rows: fleet.rows.slice(0, 200) }, 100)
    await foldAll()
    await send({ ...fleet, rows: fleet.rows.slice(200) }, 100)

    // The worker waits for this lock with half of its rollups written. It is killed while it waits.
    const blocker = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
    await blocker.connect()
    await blocker.query("begin; lock table segment_day in access exclusive mode")
    const worker = spawn(process.execPath, ["--import", "tsx", "lib/run/worker/main.ts"], {
      env: { ...process.env, LOG_LEVEL: "silent" },
      stdio: "ignore",
    })
    const gone = new Promise((resolve) => worker.on("exit", resolve))
    await expect
      .poll(
        async () =>
          (
            await blocker.query(
              "select 1 from pg_locks where relation = 'segment_day'::regclass and not granted",
            )
          ).rowCount,
        { timeout: 20_000 },
      )
      .toBeGreaterThan(0)
    worker.kill("SIGKILL")
    await gone
    await blocker.query("rollback")
    await blocker.end()

    await expect
      .poll(async () => (await foldAll()).batches + (await waiting(fleet.orgId)), { timeout: 20_000 })
      .toBe(0)
    expect(await counted(fleet.orgId)).toEqual(recount(fleet.rows))
    await expectConsistent(fleet.orgId)
  })
})

const waiting = async (orgId: string) =>
  (
    await asWorker((db) =>
      db.query(sql`select 1 from ingest_batch where org_id = ${orgId}::uuid and folded_at is null`),
    )
  ).length
