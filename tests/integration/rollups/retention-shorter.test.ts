import pg from "pg"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { recentRecords, terminalTrend } from "@/lib/fleet/terminals/read/get-terminal"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { retain } from "@/lib/rollups/retention/retain"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { answerOf, heartbeatsOnce, lines, rowsOf, transactionsOnce } from "@/tests/support/ingest"
import { waitingLocks } from "@/tests/support/node-locks"
import { givenBatch } from "@/tests/support/raw"
import { counted, recount, storesOf, type SentRow } from "@/tests/support/recount"
import { dayMs, daysAgo, utcDay, datesOf, givenDays } from "@/tests/support/retention-days"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

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

    expect(await retain()).toMatchObject({ rawRows: 2, hours: 6, batches: 2 })
    expect(await datesOf(short.orgId, "heartbeat")).toEqual([utcDay(20), utcDay(3)])
    expect(await datesOf(short.orgId, "transaction")).toEqual([utcDay(20), utcDay(3)])
    expect(await datesOf(long.orgId, "heartbeat")).toEqual([utcDay(34), utcDay(20), utcDay(3)])
    // Of the places' hours, those of the store and of the organisation on the last day stay.
    expect(await rollupsOf(short.orgId)).toEqual({
      ...before,
      hours: before.hours.slice(-1),
      placeHours: before.placeHours.filter(({ day }) => day === utcDay(3)),
    })
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
    await expect.poll(() => waitingLocks("locktype = 'transactionid'"), { timeout: 10_000 }).toBe(1)
    stop.abort()
    await blocker.query("rollback")
    await blocker.end()
    expect(await round).toMatchObject({ rawRows: 1 })
    expect(await datesOf(short.orgId, "heartbeat")).toEqual([utcDay(33), utcDay(32), utcDay(3)])

    expect(await retain()).toMatchObject({ rawRows: 5 })
    for (const table of ["heartbeat", "transaction"] as const)
      expect(await datesOf(short.orgId, table)).toEqual([utcDay(3)])
  })

  test("leaves an emptied day alone, and goes on when the setting gets shorter", async () => {
    const [short, long] = [await givenOrganisation(), await givenOrganisation()]
    await givenDays(short, [34, 26, 10, 3])
    await givenDays(long, [34])
    await setRetention(short.orgId, 12, 90)
    const emptied = async () =>
      (
        await asWorker((db) =>
          db.query<{ raw: Date | null; days: string | null }>(sql`
            select raw_emptied_before as raw, days_emptied_before as days
              from organisation where id = ${short.orgId}::uuid`),
        )
      )[0]
    await retain()
    expect(await emptied()).toMatchObject({ raw: null })
    await retain()
    // Raw rows stay 17 days longer than they are shown.
    expect((await emptied())?.raw?.toISOString().slice(0, 10)).toBe(utcDay(29))
    expect((await emptied())?.days).toMatch(/^\d{4}-\d\d-\d\d$/)
    await setRetention(short.orgId, 7, 90)
    expect(await retain()).toMatchObject({ rawRows: 2 })
    expect(await datesOf(short.orgId, "heartbeat")).toEqual([utcDay(10), utcDay(3)])
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
    expect(await counted(orgId)).toEqual(recount(rows, await storesOf(orgId)))

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
    expect(await counted(orgId)).toEqual(recount(rows, await storesOf(orgId)))
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
