import { DateTime } from "luxon"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getLeague } from "@/app/api/v1/league/route"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { keepLeagues } from "@/lib/outlook/league/keep-leagues"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { zone, day, league, sumModels, givenFleet, big, bigYears, small } from "@/tests/support/league-fleet"
import { givenPerson } from "@/tests/support/people"

type Fleet = Awaited<ReturnType<typeof givenFleet>>

useDatabase()

describe("the league table", () => {
  test.each(["model", "supplier"])(
    "by %s counts the days of the range, and says which groups have too little data",
    async (by) => {
      const table = await league(by, await (await givenFleet()).headersOf())
      const letter = by === "model" ? "M" : "S"
      expect(table).toMatchObject({ by, from: day(0), to: day(13) })
      expect(table.data).toMatchObject([
        {
          name: `${letter}0`,
          ...big,
          attempts: 1500,
          deviceFailures: 3,
          rate: 0.002,
          terms: { warrantyMonths: 12 },
        },
        { name: `${letter}1`, ...small },
      ])
      const [row, other] = table.data
      // Wilson interval of 3 of 1,500, computed by hand. Each end is 1.96 of its own standard errors away.
      expect(row?.interval?.[0]).toBeCloseTo(0.00068, 5)
      expect(row?.interval?.[1]).toBeCloseTo(0.00586, 5)
      for (const bound of row?.interval ?? [])
        expect(Math.abs(0.002 - bound) / Math.sqrt((bound * (1 - bound)) / 1500)).toBeCloseTo(1.96, 3)
      expect(row?.terminalYears).toBeCloseTo(bigYears, 6)
      expect(row?.flagsPerTerminalYear).toBeCloseTo(2 / bigYears, 6)
      expect(other?.terminalYears).toBeCloseTo(7 / 365.25, 6)
      expect(row?.terms.manufacturer).toBe(by === "model" ? "S0" : null)
    },
  )

  test("by acquirer counts its sales, the terminals with its TIDs, and shows its terms", async () => {
    const table = await league("acquirer", await (await givenFleet()).headersOf())
    const terms = { feePercent: 0.38, terminalPriceMinor: 29_900, depositMinor: 0, currency: "CNY" }
    expect(table.data).toMatchObject([
      { name: "A0", ...big, attempts: 2000, deviceFailures: 3, rate: 0.0015, terms },
      { name: "A1", ...small, terms },
    ])
  })

  test("of a large organisation is worked out by the worker, with current names", async () => {
    const { orgId, storeId, headersOf } = await givenFleet()
    const [whole, some] = [await headersOf(), await headersOf([storeId])]
    const read = async (headers: Record<string, string>) => {
      const { asOf, ...table } = await league("supplier", headers, "")
      return { table, asOf }
    }
    const [before, limited] = [await read(whole), await read(some)]
    expect(before.table.data.length).toBeGreaterThan(0)
    expect(await keepLeagues({ now: new Date(), fewest: 1_000_000 })).toBe(0)
    expect(await keepLeagues({ now: new Date(), fewest: 2 })).toBeGreaterThanOrEqual(3)
    await asWorker((db) =>
      db.query(sql`
        update terminal_day set presentments = presentments + 1 where org_id = ${orgId}::uuid`),
    )
    expect((await read(whole)).table).toEqual(before.table)
    expect((await read(some)).table).not.toEqual(limited.table)
    await asWorker((db) =>
      db.query(sql`update supplier set name = 'New ' || name where org_id = ${orgId}::uuid`),
    )
    const kept = await read(whole)
    expect(kept.table.data.map(({ name }) => name)).toContain("New S0")
    expect(Date.parse(kept.asOf)).toBeLessThan(Date.now())
  })

  test("of a large organisation is worked out where it is old, and by one worker", async () => {
    const keep = (signal?: AbortSignal) =>
      keepLeagues({ now: new Date(), fewest: 2, ...(signal && { signal }) })
    await keep()
    const both = [await givenFleet(), await givenFleet()].toSorted((a, b) => (a.orgId < b.orgId ? -1 : 1))
    const [broken, { orgId, headersOf }] = both as [Fleet, Fleet]
    await asOwner((client) =>
      client.query(`
        create function broken() returns trigger language plpgsql as $$ begin raise 'it broke'; end $$;
        create trigger broken before insert on league_figures for each row
          when (new.org_id = '${broken.orgId}') execute function broken()`),
    )
    // Another worker is at one of the tables, and the organisation before has an error.
    await asWorker(async (db) => {
      await db.query(sql`
        select pg_advisory_xact_lock(hashtextextended('league:' || ${orgId} || ':model', 0))`)
      expect(await keep()).toBe(2)
    })
    expect(await keep(AbortSignal.abort())).toBe(0)
    expect(await keep()).toBe(1)
    // A fold that is behind makes no table old.
    await asWorker((db) =>
      db.query(sql`
        update league_figures set as_of = '2026-01-01' where org_id = ${orgId}::uuid`),
    )
    expect(await keep()).toBe(0)
    expect((await league("model", await headersOf(), "")).asOf).toBe("2026-01-01T00:00:00.000Z")
    await asOwner((client) => client.query("drop function broken cascade"))
  })

  test("counts only the stores of a user who is limited to some", async () => {
    const { orgId, storeId, headersOf } = await givenFleet()
    expect((await league("acquirer", await headersOf([storeId]))).data).toMatchObject([
      { name: "A0", terminals: 5, attempts: 10, deviceFailures: 1, isComparable: false },
      { name: "A1", terminals: 1, attempts: 0 },
    ])
    const elsewhere = (await givenStore(orgId)).storeId
    for (const by of ["acquirer", "model", "supplier"])
      expect((await league(by, await headersOf([elsewhere]))).data).toEqual([])
  })

  test("is empty for another organisation, and covers the last 28 days by default", async () => {
    await givenFleet()
    const { orgId } = await givenOrganisation({ timeZone: zone })
    const headers = (await givenPerson(orgId, "viewer")).headers
    const today = DateTime.now().setZone(zone)
    expect(await league("model", headers, "")).toMatchObject({
      data: [],
      from: today.minus({ days: 28 }).toFormat("yyyy-MM-dd"),
      to: today.minus({ days: 1 }).toFormat("yyyy-MM-dd"),
    })
  })

  test("shows the 500 most stable groups, and how many it leaves out", async () => {
    const { orgId, headersOf } = await givenFleet()
    const { storeId } = await givenStore(orgId)
    await asWorker(async (db) => {
      await db.query(
        sql`
          insert into terminal_model (org_id, name) select ${orgId}::uuid, 'rare ' || n
          from generate_series(1, 500) n`,
      )
      await db.query(
        sql`
          insert into terminal (org_id, serial, model_id) select org_id, name, id from terminal_model
          where org_id = ${orgId}::uuid and name like 'rare %'`,
      )
      await db.query(sql`
        insert into terminal_day (terminal_id, day, store_id, org_id, model_id, presentments, failures,
          device)
        select id, ${day(3)}::date, ${storeId}::bigint, org_id, model_id, 10, 1, 1 from terminal
        where org_id = ${orgId}::uuid and serial like 'rare %'`)
      await db.query(sql`
        delete from segment_day where org_id = ${orgId}::uuid and dimension = 'model'`)
    })
    await sumModels(orgId)
    const { data, leftOut } = await league("model", await headersOf())
    expect(data.slice(0, 2).map(({ name }) => name)).toEqual(["M0", "M1"])
    expect([data.length, leftOut]).toEqual([500, 2])
  })

  test.each([
    "by=store",
    "by=model&from=2026-01-02&to=2026-01-01",
    "by=model&from=2026-01-01&to=2026-06-01",
    "by=model&from=yesterday",
    "by=model&to=9999-12-31",
  ])("rejects %s", async (query) => {
    const { orgId } = await givenOrganisation()
    expect(
      (
        await call(getLeague, `/api/v1/league?${query}`, {
          headers: (await givenPerson(orgId, "viewer")).headers,
        })
      ).status,
    ).toBe(422)
  })
})
