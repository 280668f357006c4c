import sql from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { GET as getDataQuality } from "@/app/api/v1/data-quality/route"
import { GET as getStores } from "@/app/api/v1/stores/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { writeDuplicates } from "@/lib/intake/ingest/note-duplicates"
import { keepDataQuality } from "@/lib/outlook/data-quality/keep-counts"
import type { DataQuality } from "@/lib/outlook/data-quality/schemas"
import type { QualityKind } from "@/lib/outlook/data-quality/words"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeatsOnce, lines, minutesAgo } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"

useDatabase()

type Headers = Record<string, string>
const hours = { mon: [["09:00", "21:00"]] }
const yesterday = addDays(localDay(new Date(), "Asia/Shanghai"), -1)

let organisation: Organisation
let admin: Headers
let complete: number
let lacking: number

const run = (statement: ReturnType<typeof sql>) => asWorker((db) => db.query(statement))

/** Sales of a store on this weekday in the weeks before. */
const sold = (orgId: string, storeId: number, weeksAgo: readonly number[], last = yesterday) =>
  run(sql`
  insert into place_day (org_id, store_id, day, presentments)
  select ${orgId}::uuid, ${storeId}::bigint, day, 10
    from unnest(${weeksAgo.map((weeks) => addDays(last, -7 * weeks))}::date[]) as day`)

beforeAll(async () => {
  organisation = await givenOrganisation()
  const { orgId, unassignedStoreId } = organisation
  complete = (await givenStore(orgId, { openingHours: hours })).storeId
  lacking = (await givenStore(orgId)).storeId
  await givenStore(orgId, { closedOn: "2026-01-01" })
  await run(sql`update store set latitude = 31.2, longitude = 121.5 where id = ${complete}::bigint`)
  await sold(orgId, complete, [0, 1, 2, 3, 4])
  await sold(orgId, lacking, [1, 2, 3, 4])
  const [model] = await asWorker((db) =>
    db.query<{ id: number }>(sql`
    insert into terminal_model (org_id, name) values (${orgId}::uuid, 'A920') returning id`),
  )
  const known = await givenTerminal(orgId, { storeId: complete, serial: "AB-1", modelId: model?.id ?? 0 })
  await givenTerminal(orgId, { storeId: lacking, serial: "AB1" })
  const { terminalId } = await givenTerminal(orgId, { storeId: unassignedStoreId })
  await run(sql`update terminal_status set status = 'pending' where terminal_id = ${terminalId}::bigint`)
  await run(sql`
    insert into terminal_state (terminal_id, org_id, clock_offset_ms)
    values (${known.terminalId}::bigint, ${orgId}::uuid, -600000)
    on conflict (terminal_id) do update set clock_offset_ms = excluded.clock_offset_ms`)
  // What a retired terminal lacks need not be mended.
  const retired = await givenTerminal(orgId, { storeId: unassignedStoreId, status: "retired" })
  await run(sql`
    insert into terminal_state (terminal_id, org_id, clock_offset_ms)
    values (${retired.terminalId}::bigint, ${orgId}::uuid, -600000)`)
  await run(sql`
    insert into terminal_day (terminal_id, day, store_id, org_id, reset_counters)
    select terminal_id, ${yesterday}::date - days, ${complete}::bigint, ${orgId}::uuid, bits
      from (values (${known.terminalId}::bigint, 0, 4), (${known.terminalId}::bigint, 2, 4),
                   (${terminalId}::bigint, 0, 0), (${terminalId}::bigint, 9, 4),
                   (${retired.terminalId}::bigint, 1, 4))
             as d (terminal_id, days, bits)`)
  admin = (await givenPerson(orgId, "admin")).headers
})

const qualityOf = async (headers: Headers) =>
  (await (await call(getDataQuality, "/api/v1/data-quality", { headers })).json()) as DataQuality
const countsOf = async (headers: Headers) =>
  Object.fromEntries((await qualityOf(headers)).data.map(({ kind, count }) => [kind, count]))

test("faults of the data are counted, of open stores and by what may be seen", async () => {
  expect(await countsOf(admin)).toEqual({
    quarantined: 0,
    pending: 1,
    unmapped_code: 0,
    sales_gap: 1,
    clock_drift: 1,
    counter_resets: 1,
    alike: 2,
    unassigned: 1,
    terminal_without_model: 2,
    store_without_hours: 1,
    store_without_position: 1,
    duplicates: 0,
  } satisfies Record<QualityKind, number>)
})

test("each number is that of the list in which it is mended", async () => {
  const counts = await countsOf(admin)
  const totalOf = async (list: typeof getTerminals | typeof getStores, query: string) =>
    ((await (await call(list, `/api/v1/list?${query}`, { headers: admin })).json()) as { total: number })
      .total
  expect(await totalOf(getTerminals, "lacks=model")).toBe(counts["terminal_without_model"])
  expect(await totalOf(getTerminals, "lacks=store")).toBe(counts["unassigned"])
  expect(await totalOf(getTerminals, "clock=wrong")).toBe(counts["clock_drift"])
  expect(await totalOf(getTerminals, "counters=reset")).toBe(counts["counter_resets"])
  for (const [lacks, kind] of [
    ["hours", "store_without_hours"],
    ["position", "store_without_position"],
    ["sales", "sales_gap"],
  ] as const)
    expect(await totalOf(getStores, `lacks=${lacks}`)).toBe(counts[kind])
})

test("a store's sales stop by its own clock", async () => {
  const { orgId } = await givenOrganisation()
  const { headers } = await givenPerson(orgId, "admin")
  // These two never have the same date.
  for (const timeZone of ["Pacific/Pago_Pago", "Pacific/Kiritimati"]) {
    const last = addDays(localDay(new Date(), timeZone), -1)
    await sold(orgId, (await givenStore(orgId, { timeZone })).storeId, [0, 1, 2, 3, 4], last)
    await sold(orgId, (await givenStore(orgId, { timeZone })).storeId, [1, 2, 3, 4], last)
  }
  expect(await countsOf(headers)).toMatchObject({ sales_gap: 2 })
})

test("a limited user gets the numbers of their stores, without what belongs to none", async () => {
  const { headers } = await givenPerson(organisation.orgId, "planner", { stores: [complete] })
  const counts = await countsOf(headers)
  expect(counts).toMatchObject({
    clock_drift: 1,
    counter_resets: 1,
    terminal_without_model: 0,
    sales_gap: 0,
    pending: 0,
  })
  for (const kind of ["quarantined", "unmapped_code", "duplicates"])
    expect(Object.keys(counts)).not.toContain(kind)
})

test("records that come again are counted", async () => {
  const { orgId, ingestKey, unassignedStoreId } = await givenOrganisation()
  const { headers } = await givenPerson(orgId, "admin")
  const { serial } = await givenTerminal(orgId, { storeId: unassignedStoreId })
  const body = lines([{ terminal: serial, at: minutesAgo(5) }])
  for (let time = 0; time < 3; time += 1) await heartbeatsOnce({ key: ingestKey, body })
  await writeDuplicates()
  await writeDuplicates()
  expect(await countsOf(headers)).toMatchObject({ duplicates: 2 })
})

test("the worker counts once a day, and the trend is the organisation's own", async () => {
  const { orgId } = organisation
  const now = new Date()
  await run(sql`
    insert into data_quality_day (org_id, day, kind, count)
    values (${orgId}::uuid, ${addDays(yesterday, -60)}::date, 'pending', 7),
           (${orgId}::uuid, ${yesterday}::date, 'pending', 3)`)
  expect(await keepDataQuality({ now })).toBeGreaterThan(0)
  expect(await keepDataQuality({ now })).toBe(0)
  const daysOf = async (headers: Headers, of: QualityKind = "pending") =>
    (await qualityOf(headers)).data.find(({ kind }) => kind === of)?.days
  expect(await daysOf(admin)).toEqual([
    { on: yesterday, count: 3 },
    { on: addDays(yesterday, 1), count: 1 },
  ])
  expect(await daysOf(admin, "duplicates")).toEqual([{ on: addDays(yesterday, 1), count: 0 }])
  expect(await daysOf((await givenPerson(orgId, "planner", { stores: [complete] })).headers)).toEqual([])
  const elsewhere = await givenPerson((await givenOrganisation()).orgId, "admin")
  expect(await daysOf(elsewhere.headers)).toEqual([])
})
