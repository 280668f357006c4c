import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { isConflict } from "@/lib/base/db/failures"
import { asWorker, asWorkerInOneSnapshot, inOrganisation } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { changeTerminals } from "@/lib/fleet/terminals/life/change-terminals"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { fillPlaces } from "@/lib/rollups/fold/fill-places"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { recountStore } from "@/lib/rollups/fold/recount-store"
import { placeColumns } from "@/lib/rollups/fold/sql/bucket-columns"
import { prepareSession } from "@/lib/rollups/fold/sql/claim"
import { holdPlacesFrom } from "@/lib/rollups/fold/sql/fill"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { at, noon } from "@/tests/support/fold-sales"
import { givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

const daySeconds = 86_400
const firstDay = addDays(localDay(new Date(noon), "Asia/Shanghai"), -3)

/** Beats and sales of a terminal around noon of these days, counted back from yesterday. */
async function send(orgId: string, terminalId: number, daysBack: number[], mark = ""): Promise<void> {
  const times = daysBack.flatMap((back) => [0, 100, 4000].map((seconds) => at(seconds - back * daySeconds)))
  await givenBatch(
    orgId,
    "heartbeat",
    times.map((time, i) => ({
      terminal_id: terminalId,
      at: new Date(Date.parse(time) + mark.length * 1000).toISOString(),
      printer_lines: 100 * i,
      signal_dbm: -60.5,
    })),
  )
  await givenBatch(
    orgId,
    "transaction",
    times.map((time, i) => ({
      terminal_id: terminalId,
      at: time,
      id: `${mark}${i}`,
      outcome: i % 2 === 0 ? "declined" : "approved",
      entry_mode: "chip",
      card_ref: "card",
    })),
  )
}

/** Two stores with two terminals each, and records of the last four days. */
async function givenFleet() {
  const { orgId, actor } = await givenOrganisation({ rawRetentionDays: 7 })
  const stores = [(await givenStore(orgId)).storeId, (await givenStore(orgId)).storeId] as const
  const terminals: number[] = []
  for (const storeId of [...stores, ...stores])
    terminals.push((await givenTerminal(orgId, { storeId })).terminalId)
  for (const terminalId of terminals) await send(orgId, terminalId, [3, 2, 1, 0])
  await foldAll()
  return { orgId, actor, stores, terminals, first: terminals[0] ?? 0 }
}

type Row = Record<string, unknown>

/** The sums of terminals' rows by store, and by organisation as store 0. */
function summed(rows: Row[], times: ("hour" | "day")[]): Row[] {
  const sums = new Map<string, Record<string, unknown>>()
  for (const row of rows)
    for (const store of [row["store_id"], 0]) {
      const place = { store_id: store, ...Object.fromEntries(times.map((name) => [name, row[name]])) }
      const key = JSON.stringify(place)
      const sum = sums.get(key) ?? { ...place, org_id: row["org_id"] }
      for (const name of placeColumns) sum[name] = Number(sum[name] ?? 0) + Number(row[name] ?? 0)
      sums.set(key, sum)
    }
  return [...sums.values()]
}

/** The places that are not the sums of their terminals, with what they should be. */
async function wrongPlaces(orgId: string): Promise<Row[]> {
  const { hours, days, placeHours, placeDays } = await rollupsOf(orgId)
  const textOf = (row: Row) => JSON.stringify(Object.entries(row).toSorted())
  const differing = (stored: Row[], expected: Row[]) => {
    const [texts, wanted] = [stored, expected].map((rows) => new Set(rows.map(textOf)))
    return [
      ...stored.filter((row) => !wanted?.has(textOf(row))),
      ...expected.filter((row) => !texts?.has(textOf(row))),
    ]
  }
  if (placeDays.length === 0) throw new Error("there are no places")
  return [
    ...differing(placeHours, summed(hours, ["hour", "day"])),
    ...differing(placeDays, summed(days, ["day"])),
  ]
}

const range = { from: firstDay, to: addDays(firstDay, 5) }

describe("places", () => {
  test("are the sums of their terminals, in order, late, and counted again", async () => {
    const { orgId, first } = await givenFleet()
    expect(await wrongPlaces(orgId)).toEqual([])
    await send(orgId, first, [2, 0], "late")
    await foldAll()
    expect(await wrongPlaces(orgId)).toEqual([])
    expect(await checkRollups({ ...range, orgId, isRepair: false })).toEqual([])
  })

  test("follow a terminal that moves with effect from the past, or is retired", async () => {
    const { orgId, actor, stores, first } = await givenFleet()
    const moveAt = new Date(noon - 1.5 * daySeconds * 1000)
    await changeTerminals({ actor, ids: [first], change: { store: stores[1] }, at: moveAt })
    await foldAll()
    expect(await wrongPlaces(orgId)).toEqual([])
    await changeTerminals({ actor, ids: [first], change: { status: "retired" } })
    await send(orgId, first, [1], "late")
    await foldAll()
    expect(await wrongPlaces(orgId)).toEqual([])
  })

  test("follow a store into another time zone, and leave no empty rows behind", async () => {
    const { orgId, stores } = await givenFleet()
    // In Honolulu, noon in Shanghai is on the day before.
    await asWorker((db) =>
      db.query(sql`update store set time_zone = 'Pacific/Honolulu' where id = ${stores[0]}::bigint`),
    )
    await recountStore({ orgId, storeId: stores[0] })
    expect(await wrongPlaces(orgId)).toEqual([])
  })

  test("are seen by store; the organisation's sums only by users who see all of it", async () => {
    const { orgId, actor, stores } = await givenFleet()
    const seen = (limit: number[] | null) =>
      inOrganisation({ orgId: actor.orgId, stores: limit }, (db) =>
        db.query<{ store: number }>(sql`
          select store_id as store from place_day union select store_id from place_hour order by 1`),
      )
    expect((await seen(null)).map(({ store }) => store)).toEqual([0, ...stores])
    expect((await seen([stores[1]])).map(({ store }) => store)).toEqual([stores[1]])
    expect(await seen([])).toEqual([])
    const other = await givenOrganisation()
    expect(await inOrganisation(other.actor, (db) => db.query(sql`select 1 from place_day`))).toEqual([])
    expect(await wrongPlaces(orgId)).toEqual([])
  })
})

/** As an update leaves an organisation: with rollups of terminals, and without places. */
const forgetPlaces = (orgId: string) =>
  asWorker(async (db) => {
    await db.query(sql`delete from place_hour where org_id = ${orgId}::uuid`)
    await db.query(sql`delete from place_day where org_id = ${orgId}::uuid`)
    await db.query(sql`update organisation set places_from = current_date + 3 where id = ${orgId}::uuid`)
  })

const placesFrom = async (orgId: string) => {
  const [row] = await asWorker((db) =>
    db.query<{ day: string | null }>(
      sql`select places_from as day from organisation where id = ${orgId}::uuid`,
    ),
  )
  return row?.day ?? null
}

describe("filling places", () => {
  test("goes on where it was interrupted, while the fold goes on", async () => {
    const { orgId, first } = await givenFleet()
    await forgetPlaces(orgId)
    await foldAll()
    const interruption = new AbortController()
    const run = fillPlaces({
      signal: interruption.signal,
      onProgress: ({ day }) => {
        if (day === addDays(firstDay, 2)) interruption.abort()
      },
    })
    await expect(run).rejects.toThrow("abort")
    expect(await placesFrom(orgId)).toBe(addDays(firstDay, 2))

    // New rows of a day that is filled and of one that is not, in order and late.
    await send(orgId, first, [3, 1], "late")
    await send(orgId, first, [-0.2], "new")
    await foldAll()
    const { placeDays } = await rollupsOf(orgId)
    expect([...new Set(placeDays.map(({ day }) => day))]).toEqual([
      addDays(firstDay, 2),
      addDays(firstDay, 3),
    ])

    expect(await fillPlaces()).toBe(2)
    expect(await placesFrom(orgId)).toBeNull()
    expect(await wrongPlaces(orgId)).toEqual([])
    expect(await checkRollups({ ...range, orgId, isRepair: false })).toEqual([])
    expect(await fillPlaces()).toBe(0)
  })

  test("makes a fold whose snapshot is older begin again", async () => {
    const { orgId } = await givenFleet()
    await forgetPlaces(orgId)
    const older = asWorkerInOneSnapshot(async (db) => {
      await prepareSession(db)
      await fillPlaces()
      await holdPlacesFrom(db, orgId)
    })
    await expect(older.catch(isConflict)).resolves.toBe(true)
  })
})
