import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { resetBit } from "@/lib/rollups/fold/sql/columns"
import { Random } from "@/lib/run/simulation/random"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { noon, at } from "@/tests/support/fold-sales"
import { givenBatch } from "@/tests/support/raw"
import { counted, recount, storesOf, type SentRow } from "@/tests/support/recount"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

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
      expect(await counted(orgId)).toEqual(recount(rows, await storesOf(orgId)))
    },
  )
})

describe("what wears out", () => {
  const beat = (terminalId: number, s: number, row: Record<string, unknown>) => ({
    terminal_id: terminalId,
    at: at(s),
    ...row,
  })
  const dayOf = async (orgId: string, name: string) => (await rollupsOf(orgId)).days.map((day) => day[name])

  test("is noted of a day: which counters were reset, and not that a terminal restarted", async () => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    const reports = [
      { printer_lines: 100, swipe_reads: 7, reboots: 1, uptime_seconds: 90_000 },
      { printer_lines: 120, swipe_reads: 7, reboots: 2, uptime_seconds: 30 },
      { printer_lines: 5, swipe_reads: 0, reboots: 2, uptime_seconds: 60 },
      { printer_lines: 6, swipe_reads: 0, reboots: 3, uptime_seconds: 10 },
    ]
    for (const [i, report] of reports.entries()) {
      await givenBatch(orgId, "heartbeat", [beat(terminalId, i * 43_000, report)])
      await foldAll()
    }
    const both = resetBit("printer_lines") | resetBit("swipe_reads")
    expect(await dayOf(orgId, "reset_counters")).toEqual([0, both])
    await givenBatch(orgId, "heartbeat", [beat(terminalId, 60, { ...reports[0], printer_lines: 3 })])
    await foldAll()
    expect(await dayOf(orgId, "reset_counters")).toEqual([resetBit("printer_lines"), both])
  })

  test.each(["in order", "late"])("is the same of beats that come %s", async (arrival) => {
    const { orgId } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    const silent = await givenTerminal(orgId)
    const rows = [
      beat(terminalId, 0, { printer_status: "jam", signal_dbm: -60 }),
      beat(terminalId, 60, { printer_status: "out_of_order", signal_dbm: -80.5 }),
      beat(terminalId, 3600, { printer_status: "no_paper" }),
      beat(terminalId, 7200, { printer_status: "overheated", signal_dbm: -70 }),
      beat(terminalId, 7260, { printer_status: "ok", signal_dbm: -70 }),
    ]
    for (const row of arrival === "late" ? rows.toReversed() : rows) {
      await givenBatch(orgId, "heartbeat", [row])
      await foldAll()
    }
    await givenBatch(orgId, "heartbeat", [beat(silent.terminalId, 0, {})])
    await foldAll()
    const [hours, none] = (await dayOf(orgId, "printer_error_hours")) as (number | null)[]
    expect(
      BigInt(hours ?? 0)
        .toString(2)
        .replaceAll("0", ""),
    ).toBe("11")
    expect(none).toBeNull()
    const squares = 60_000 ** 2 + 80_500 ** 2 + 2 * 70_000 ** 2
    expect(await dayOf(orgId, "signal_squares")).toEqual([squares, null])
  })
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
