import pg from "pg"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { dayPartition, ensureHistoryPartitions } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import { Profile } from "@/lib/intake/imports/mapping/profile"
import { LeftOut } from "@/lib/intake/imports/runs/left-out"
import { storeSlice } from "@/lib/intake/imports/runs/store-slice"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { retain } from "@/lib/rollups/retention/retain"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal, type Organisation } from "@/tests/support/factories"
import { rowsOf } from "@/tests/support/ingest"
import { givenRawDays, partitionNames } from "@/tests/support/partitions"
import { givenBatch } from "@/tests/support/raw"
import { now, daysAgo, utcDay, datesOf, givenDays } from "@/tests/support/retention-days"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

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
  storeSlice(actor, plain, {
    rows: [{ number: 1, line: 3, cells: { terminal: serial, at }, cardRef: null, hash: at }],
    leftOut: new LeftOut(),
  })

describe("at the longest retention of any organisation", () => {
  test("ingest goes on beside a long reader's lock, and the next run finishes the drop", async (context) => {
    notOnCluster(context, "it detaches no partition concurrently, so that ingest waits up to three seconds")
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
    expect({ ...(await rollupsOf(orgId)), states: before.states }).toEqual(before)
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
      await db.query(sql`
        insert into incident (org_id, class, subject, first_on, last_on, opened_at, closed_at, observed,
          expected, p, timeline)
        select ${live.orgId}::uuid, 'ingest', 'ingest', day::date, day::date, day::date, day::date + 1, 0, 0,
               0, '[]'
          from unnest(array['2012-05-06', ${utcDay(3)}]) day`)
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
    const incidents = await asWorker((db) =>
      db.query(sql`select first_on as "on" from incident where org_id = ${live.orgId}::uuid`),
    )
    expect(incidents).toEqual([{ on: utcDay(3) }])
    expect((await rollupsOf(historian.orgId)).days.map(({ day }) => day)).toEqual(["2016-05-06", utcDay(3)])
    expect((await rollupsOf(historian.orgId)).segments).toHaveLength(4)
    expect(await partitionNames("terminal_hour")).not.toContain("terminal_hour_20260105_20260112")
    const years = await partitionNames("terminal_day")
    expect(years).not.toContain("terminal_day_20120101_20130101")
    expect(years).toContain("terminal_day_20160101_20170101")
  })
})
