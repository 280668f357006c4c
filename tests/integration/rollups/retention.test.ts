import pg from "pg"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { dayPartition, ensureHistoryPartitions } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import { recentRecords, terminalTrend } from "@/lib/fleet/terminals/read/get-terminal"
import { Profile } from "@/lib/intake/imports/mapping/profile"
import { storeSlice } from "@/lib/intake/imports/runs/store-slice"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { retain } from "@/lib/rollups/retention/retain"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal, type Organisation } from "@/tests/support/factories"
import { answerOf, heartbeatsOnce, lines, rowsOf, transactionsOnce } from "@/tests/support/ingest"
import { givenRawDays, partitionNames } from "@/tests/support/partitions"
import { givenBatch } from "@/tests/support/raw"
import { counted, recount, type SentRow } from "@/tests/support/recount"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

const dayMs = 86_400_000
const now = Date.now()
const daysAgo = (days: number, minutes = 0) => new Date(now - days * dayMs + minutes * 60_000).toISOString()
const utcDay = (days: number) => daysAgo(days).slice(0, 10)

type Raw = { at: Date }
const datesOf = async (orgId: string, table: "heartbeat" | "transaction") =>
  (await rowsOf<Raw>(orgId, table)).map(({ at }) => at.toISOString().slice(0, 10))

/** A terminal with a folded beat and sale at noon, each of these days ago. */
async function givenDays(organisation: Organisation, days: number[]) {
  const { terminalId, serial } = await givenTerminal(organisation.orgId)
  for (const day of days) {
    const at = `${utcDay(day)}T12:00:00.000Z`
    await givenBatch(organisation.orgId, "heartbeat", [{ terminal_id: terminalId, at, battery_pct: 50 }])
    await givenBatch(organisation.orgId, "transaction", [
      { terminal_id: terminalId, at, id: `${day}`, outcome: "declined", card_ref: "c" },
    ])
  }
  await foldAll()
  await asWorker((db) =>
    db.query(sql`update ingest_batch set received_at = max_at where org_id = ${organisation.orgId}::uuid`),
  )
  return { terminalId, serial }
}

const recompute = async (orgId: string) => {
  await asWorker(async (db) => {
    await db.query(sql`delete from terminal_tail where org_id = ${orgId}::uuid`)
    await db.query(sql`update ingest_batch set folded_at = null where org_id = ${orgId}::uuid`)
  })
  await foldAll()
}

const plain = Profile.parse({
  name: "plain",
  kind: "transactions",
  at: { column: "at" },
  fields: { terminal: { column: "terminal" }, id: { column: "at" }, outcome: { constant: "approved" } },
})
const importSale = ({ actor }: Organisation, serial: string, at: string) =>
  storeSlice(actor, plain, [{ number: 1, line: 3, cells: { terminal: serial, at }, cardRef: null, hash: at }])

describe("at the longest retention of any organisation", () => {
  test("ingest continues during a long reader's lock, and the next run finishes the drop", async () => {
    const { orgId } = await givenOrganisation()
    await givenRawDays(orgId, 45)
    const old = dayPartition("heartbeat", utcDay(53))
    expect(await partitionNames("heartbeat")).toContain(old)
    const { terminalId } = await givenTerminal(orgId)
    const reader = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
    await reader.connect()
    await reader.query("begin; select count(*) from heartbeat")

    let isOver = false
    const round = retain().finally(() => (isOver = true))
    const waits: number[] = []
    while (!isOver) {
      const startedAt = performance.now()
      await givenBatch(orgId, "heartbeat", [
        { terminal_id: terminalId, at: new Date(now - waits.length * 1000).toISOString() },
      ])
      waits.push(performance.now() - startedAt)
    }
    await round
    expect(waits.length).toBeGreaterThan(50)
    expect(Math.max(...waits)).toBeLessThan(1500)
    expect(await partitionNames("heartbeat")).toContain(old)
    const pending = await asOwner((client) =>
      client.query("select 1 from pg_inherits where inhparent = 'heartbeat'::regclass and inhdetachpending"),
    )
    expect(pending.rowCount).toBe(1)

    await reader.query("rollback")
    await reader.end()
    // As if stopped between detaching and dropping: only the name shows what the table was.
    const next = dayPartition("transaction", utcDay(53))
    await asOwner((client) => client.query(`create table if not exists ${next} (like transaction)`))
    expect((await retain())?.partitions).toBeGreaterThan(0)
    expect(await partitionNames("heartbeat")).not.toContain(old)
    expect(await partitionNames("transaction")).not.toContain(next)
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(waits.length)
  })

  test("drops days as whole partitions; later records do not reduce the remaining rollups", async () => {
    const organisation = await givenOrganisation()
    const { orgId } = organisation
    await givenRawDays(orgId, 60)
    const { terminalId, serial } = await givenDays(organisation, [60, 59, 40, 3])
    const before = await rollupsOf(orgId)

    expect(await retain()).toMatchObject({ rawRows: 0, batches: 4 })
    expect(await datesOf(orgId, "heartbeat")).toEqual([utcDay(40), utcDay(3)])
    expect(await datesOf(orgId, "transaction")).toEqual([utcDay(40), utcDay(3)])
    expect(
      (await partitionNames("heartbeat")).filter((name) => name < dayPartition("heartbeat", utcDay(53))),
    ).toEqual([])
    expect(await rowsOf(orgId, "ingest_batch")).toHaveLength(4)
    expect(await rollupsOf(orgId)).toEqual(before)

    // A file with a sale of a deleted day, late rows of another deleted day, and a recount of everything.
    const { rejected } = await importSale(organisation, serial, `${utcDay(59)}T13:00:00Z`)
    expect(rejected).toMatchObject([
      { code: "too_old", message: expect.stringContaining("deleted by age") as string },
    ])
    await ensureHistoryPartitions([new Date(daysAgo(60))])
    for (const minute of [9, 5]) {
      await givenBatch(orgId, "transaction", [
        { terminal_id: terminalId, at: daysAgo(60, minute), id: `late ${minute}`, outcome: "approved" },
      ])
      await givenBatch(orgId, "heartbeat", [
        { terminal_id: terminalId, at: daysAgo(60, minute), printer_lines: minute },
      ])
    }
    await foldAll()
    await recompute(orgId)
    const { hours, days, segments } = await rollupsOf(orgId)
    expect({ hours, days, segments }).toEqual({
      hours: before.hours,
      days: before.days,
      segments: before.segments,
    })
  })

  test("accepts and keeps imported history that is older than all deleted days", async () => {
    const organisation = await givenOrganisation()
    const { serial } = await givenDays(organisation, [3])
    expect(await importSale(organisation, serial, "2019-05-06T12:00:00Z")).toMatchObject({
      accepted: 1,
      rejected: [],
    })
    await foldAll()
    await retain()
    expect(await datesOf(organisation.orgId, "transaction")).toEqual(["2019-05-06", utcDay(3)])
    const { days, states } = await rollupsOf(organisation.orgId)
    expect(days.map(({ day }) => day)).toEqual([
      "2019-05-06",
      localDay(new Date(`${utcDay(3)}T12:00:00Z`), "Asia/Shanghai"),
    ])
    expect(states).toMatchObject([{ last_beat_at: new Date(`${utcDay(3)}T12:00:00Z`) }])
  })

  test("drops hours by week and days by year, but no year with imported history", async () => {
    const [live, historian] = [await givenOrganisation(), await givenOrganisation()]
    await ensureHistoryPartitions([new Date("2012-05-06"), new Date("2016-05-06")])
    await asOwner((client) =>
      client.query(
        `create table terminal_hour_20260105_20260112 partition of terminal_hour
         for values from ('2026-01-05 00:00:00+00') to ('2026-01-12 00:00:00+00')`,
      ),
    )
    const { terminalId, storeId } = await givenTerminal(live.orgId)
    const { terminalId: other, storeId: otherStore } = await givenTerminal(historian.orgId)
    await asWorker(async (db) => {
      for (const [orgId, terminal, store] of [
        [live.orgId, terminalId, storeId],
        [historian.orgId, other, otherStore],
      ] as const) {
        await db.query(
          sql`
            insert into terminal_day (terminal_id, day, store_id, org_id) select ${terminal}::bigint,
              day::date, ${store}::bigint, ${orgId}::uuid
                from unnest(array['2012-05-06', '2016-05-06', ${utcDay(3)}]) day`,
        )
        await db.query(sql`
          insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
            failures, raw_attempts, raw_failures)
          select ${orgId}::uuid, place, day::date, 'issuer', '622200', '', '', 1, 0, 1, 0
          from unnest(array['2012-05-06', ${utcDay(3)}]) day, unnest(array[0, ${store}::bigint]) place`)
      }
      // `historian` imported 2016. The old rows of `live` were deleted by age.
      await db.query(
        sql`delete from terminal_day where org_id = ${historian.orgId}::uuid and day = '2012-05-06'`,
      )
      await db.query(
        sql`
          update organisation set raw_deleted_from = '2012-01-01', raw_deleted_before = '2012-06-01'
          where id = ${live.orgId}::uuid`,
      )
    })
    await retain()
    // The second run drops the partitions that the first run emptied.
    await retain()
    expect((await rollupsOf(live.orgId)).days.map(({ day }) => day)).toEqual([utcDay(3)])
    expect((await rollupsOf(live.orgId)).segments.map(({ day }) => day)).toEqual([utcDay(3), utcDay(3)])
    expect((await rollupsOf(historian.orgId)).days.map(({ day }) => day)).toEqual(["2016-05-06", utcDay(3)])
    expect((await rollupsOf(historian.orgId)).segments).toHaveLength(4)
    expect(await partitionNames("terminal_hour")).not.toContain("terminal_hour_20260105_20260112")
    const years = await partitionNames("terminal_day")
    expect(years).not.toContain("terminal_day_20120101_20130101")
    expect(years).toContain("terminal_day_20160101_20170101")
  })
})

describe("an organisation with a shorter retention than others", () => {
  const setRetention = (orgId: string, raw: number, hours: number) =>
    asWorker((db) =>
      db.query(
        sql`
          update organisation set raw_retention_days = ${raw}::int, hour_retention_days = ${hours}::int
          where id = ${orgId}::uuid`,
      ),
    )

  test("hides old rows at once, deletes them later, and gets none back by a longer setting", async () => {
    const [short, long] = [await givenOrganisation(), await givenOrganisation()]
    const { terminalId, serial } = await givenDays(short, [34, 20, 3])
    await givenDays(long, [34, 20, 3])
    const before = await rollupsOf(short.orgId)

    await setRetention(short.orgId, 7, 5)
    const seen = async () => {
      const { beats, sales } = await recentRecords({ actor: short.actor, terminalId })
      const { hours } = await terminalTrend({ actor: short.actor, terminalId, days: 30 })
      return [beats, sales, hours].map((rows) => rows.map(({ at }) => at.slice(0, 10)))
    }
    expect(await seen()).toEqual([[utcDay(3)], [utcDay(3)], [utcDay(3)]])

    expect(await retain()).toMatchObject({ rawRows: 2, hours: 2, batches: 2 })
    expect(await datesOf(short.orgId, "heartbeat")).toEqual([utcDay(20), utcDay(3)])
    expect(await datesOf(short.orgId, "transaction")).toEqual([utcDay(20), utcDay(3)])
    expect(await datesOf(long.orgId, "heartbeat")).toEqual([utcDay(34), utcDay(20), utcDay(3)])
    expect(await rollupsOf(short.orgId)).toEqual({ ...before, hours: before.hours.slice(-1) })
    expect((await rollupsOf(long.orgId)).hours).toHaveLength(3)
    expect(await retain()).toMatchObject({ rawRows: 0, hours: 0 })

    await setRetention(short.orgId, 35, 90)
    expect(await seen()).toEqual([[utcDay(3), utcDay(20)], [utcDay(3), utcDay(20)], [utcDay(3)]])
    const answer = await answerOf(
      await heartbeatsOnce({
        key: short.ingestKey,
        body: lines([
          { terminal: serial, at: daysAgo(30) },
          { terminal: serial, at: daysAgo(4) },
        ]),
      }),
    )
    expect(answer).toMatchObject({ accepted: 1, rejected: 1, errors: [{ code: "too_old" }] })
  })

  test("deletes all due rows even if a run is stopped in the middle", async () => {
    const [short, long] = [await givenOrganisation(), await givenOrganisation()]
    const { terminalId } = await givenDays(short, [34, 33, 32, 3])
    await givenDays(long, [34])
    await setRetention(short.orgId, 7, 90)
    const blocker = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
    await blocker.connect()
    await blocker.query(
      `begin; select from heartbeat where terminal_id = ${terminalId} and at < '${utcDay(33)}' for update`,
    )
    const stop = new AbortController()
    const round = retain({ signal: stop.signal })
    await expect
      .poll(
        async () =>
          (await blocker.query("select 1 from pg_locks where locktype = 'transactionid' and not granted"))
            .rowCount,
        { timeout: 10_000 },
      )
      .toBe(1)
    stop.abort()
    await blocker.query("rollback")
    await blocker.end()
    expect(await round).toMatchObject({ rawRows: 1 })
    expect(await datesOf(short.orgId, "heartbeat")).toEqual([utcDay(33), utcDay(32), utcDay(3)])

    expect(await retain()).toMatchObject({ rawRows: 5 })
    for (const table of ["heartbeat", "transaction"] as const)
      expect(await datesOf(short.orgId, table)).toEqual([utcDay(3)])
  })

  test("counts the latest acceptable record as a recount of all rows ever sent does", async () => {
    const organisation = await givenOrganisation()
    const { orgId, ingestKey } = organisation
    const { storeId } = await givenStore(orgId)
    const terminals = [await givenTerminal(orgId, { storeId }), await givenTerminal(orgId, { storeId })]
    const rows: SentRow[] = []
    for (const { terminalId } of terminals) {
      // Every six hours, from long before the limit to long after it. Some rows are deleted, some are next to
      // the limit.
      for (let quarter = 0; quarter < 34 * 4; quarter += 1) {
        const at = daysAgo(34, quarter * 360)
        rows.push({
          kind: "heartbeat",
          row: {
            terminal_id: terminalId,
            at,
            printer_lines: 100 * quarter,
            ...(quarter % 7 === 0 ? {} : { chip_reads: quarter }),
          },
        })
        rows.push({
          kind: "transaction",
          row: { terminal_id: terminalId, at, id: `${quarter}`, outcome: "declined", card_ref: `${quarter}` },
        })
      }
      // The clock is a week slow, so its uncorrected time is far before its day.
      rows.push({
        kind: "heartbeat",
        row: {
          terminal_id: terminalId,
          at: daysAgo(14, 30),
          clock_offset_ms: 7 * dayMs - 60_000,
          printer_lines: 8000,
        },
      })
    }
    for (const kind of ["heartbeat", "transaction"] as const)
      await givenBatch(
        orgId,
        kind,
        rows.filter((row) => row.kind === kind).map(({ row }) => row),
      )
    await foldAll()
    expect(await counted(orgId)).toEqual(recount(rows))

    await setRetention(orgId, 7, 90)
    expect((await retain())?.rawRows).toBeGreaterThan(0)
    expect((await rowsOf(orgId, "heartbeat")).length).toBeLessThan(rows.length / 2)

    const late = terminals.map(({ serial, terminalId }, i) => ({
      terminal: serial,
      terminalId,
      at: daysAgo(7, 2 + i),
    }))
    await answerOf(
      await heartbeatsOnce({
        key: ingestKey,
        body: lines(late.map(({ terminal, at }) => ({ terminal, at, printerLines: 10_801 }))),
      }),
    )
    await answerOf(
      await transactionsOnce({
        key: ingestKey,
        body: lines(
          late.map(({ terminal, at }) => ({ terminal, at, id: "late", outcome: "approved", cardRef: "108" })),
        ),
      }),
    )
    for (const { terminalId, at } of late) {
      rows.push({ kind: "heartbeat", row: { terminal_id: terminalId, at, printer_lines: 10_801 } })
      rows.push({
        kind: "transaction",
        row: { terminal_id: terminalId, at, id: "late", outcome: "approved", card_ref: "108" },
      })
    }
    await foldAll()
    expect(await counted(orgId)).toEqual(recount(rows))
  })

  test("keeps the rows that waiting batches need", async () => {
    const organisation = await givenOrganisation()
    const { terminalId } = await givenDays(organisation, [34, 3])
    await givenBatch(organisation.orgId, "heartbeat", [{ terminal_id: terminalId, at: daysAgo(34) }])
    await setRetention(organisation.orgId, 7, 90)
    expect(await retain()).toMatchObject({ rawRows: 0 })
    await foldAll()
    expect(await retain()).toMatchObject({ rawRows: 3 })
  })
})
