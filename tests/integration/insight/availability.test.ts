import sql from "sql-template-tag"
import { beforeEach, expect, test } from "vitest"
import { GET as getAvailability } from "@/app/api/v1/availability/route"
import { systemActor } from "@/lib/access/actor/actor"
import { asWorker } from "@/lib/base/db/transaction"
import { addWindow } from "@/lib/fleet/maintenance/change-windows"
import type { Availability } from "@/lib/insight/availability/schemas"
import { settleDays } from "@/lib/insight/availability/settle-days"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { sumBeats } from "@/tests/support/rollups"
import { givenSales } from "@/tests/support/weekly-report"

useDatabase()

const dayMs = 86_400_000
const dateOf = (daysAgo: number) => new Date(Date.now() - daysAgo * dayMs).toISOString().slice(0, 10)
const [today, yesterday, before] = [dateOf(0), dateOf(1), dateOf(2)]
const nineToNine = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["09:00", "21:00"]]]),
)

let orgId: string
let readKey: string
let ingestKey: string
let storeId: number
let terminals: number[]

type Hour = { beats?: number; reboots?: number; presentments?: number; failures?: number; tech?: number }

/** An hour of a terminal, on the day before yesterday. */
const givenHour = (terminalId: number, hour: number, one: Hour = {}) =>
  asWorker((db) =>
    db.query(sql`
      insert into terminal_hour (terminal_id, hour, store_id, day, org_id, beats, reboots, presentments,
        failures, ch_tech)
      values (${terminalId}::bigint, ${`${before}T${String(hour).padStart(2, "0")}:00:00Z`}::timestamptz,
        ${storeId}::bigint, ${before}::date, ${orgId}::uuid, ${one.beats ?? 4}::int,
        ${one.reboots ?? 0}::bigint, ${one.presentments ?? 0}::int,
        ${one.failures ?? 0}::int, ${one.tech ?? 0}::int)`),
  )

const settle = async (last: string) => {
  for await (const _ of settleDays({ orgId, last, now: new Date() }));
}
const read = async (search = ""): Promise<Availability> =>
  (await (
    await call(getAvailability, `/api/v1/availability?from=${before}&to=${before}${search}`, { key: readKey })
  ).json()) as Availability

beforeEach(async () => {
  ;({ orgId, readKey, ingestKey } = await givenOrganisation({ timeZone: "UTC" }))
  ;({ storeId } = await givenStore(orgId, { timeZone: "UTC", openingHours: nineToNine }))
  terminals = []
  for (let n = 0; n < 3; n += 1) terminals.push((await givenTerminal(orgId, { storeId })).terminalId)
})

test("each lost hour has one cause, and store and organisation are sums of terminals", async () => {
  const [sold = 0, unplugged = 0, failing = 0] = terminals
  for (let hour = 9; hour < 20; hour += 1) {
    // Without a heartbeat, but with a sale.
    await givenHour(sold, hour, hour === 11 ? { beats: 0, presentments: 1 } : {})
    if (hour < 12 || hour > 13) await givenHour(unplugged, hour, { reboots: hour === 14 ? 1 : 0 })
    await givenHour(failing, hour, hour < 17 ? {} : { presentments: 2, failures: 2, tech: 2 })
  }
  await sumBeats(orgId)
  // Two workers at once.
  await Promise.all([settle(before), settle(before)])
  const none = { device: 0, line: 0, site: 0, system: 0, unknown: 0 }
  const all = await read()
  // At 20 o'clock all three were silent.
  expect(all.hardware).toEqual({ total: 36, lost: { ...none, device: 2, site: 3 }, share: 31 / 36 })
  expect(all.cardholder).toEqual({
    total: 36,
    lost: { ...none, device: 2, site: 3, system: 3 },
    share: 28 / 36,
  })
  expect(all.hoursUntil).toBe(before)
  const { from: _from, to: _to, ...ofStore } = await read(`&store=${storeId}`)
  expect(all).toMatchObject({ hardware: ofStore.hardware, cardholder: ofStore.cardholder })
  expect((await read(`&terminal=${sold}`)).hardware).toEqual({
    total: 12,
    lost: { ...none, site: 1 },
    share: 11 / 12,
  })
  expect((await read(`&terminal=${failing}`)).cardholder.lost).toEqual({ ...none, site: 1, system: 3 })
})

test("late records count with the next night, and an outage of our own is nobody's fault", async () => {
  const [one = 0] = terminals
  for (let hour = 9; hour < 21; hour += 1)
    if (hour < 12 || hour > 14) for (const id of terminals) await givenHour(id, hour)
  await asWorker((db) =>
    db.query(sql`
      insert into own_outage (org_id, from_at, to_at)
      values (${orgId}::uuid, ${`${before}T12:00:00Z`}::timestamptz, ${`${before}T14:00:00Z`}::timestamptz)`),
  )
  await sumBeats(orgId)
  await settle(before)
  expect((await read()).hardware.lost).toEqual({ device: 0, line: 0, site: 3, system: 0, unknown: 6 })
  await givenHour(one, 14)
  await sumBeats(orgId)
  await settle(yesterday)
  // Of each of the other two, half of the others are still silent.
  expect((await read()).hardware.lost).toEqual({ device: 0, line: 0, site: 2, system: 0, unknown: 6 })
  await settle(today)
})

test("hours in maintenance are expected of nobody", async () => {
  const [one = 0, ...others] = terminals
  for (let hour = 9; hour < 21; hour += 1) {
    for (const id of others) await givenHour(id, hour)
    if (hour < 12 || hour > 14) await givenHour(one, hour)
  }
  await addWindow({
    actor: systemActor(orgId),
    body: {
      reason: "New router",
      place: { kind: "terminal", id: one },
      starts: `${before}T12:00`,
      ends: `${before}T14:30`,
      isWeekly: false,
      lastOn: null,
    },
  })
  await sumBeats(orgId)
  await settle(before)
  expect((await read(`&terminal=${one}`)).hardware).toMatchObject({ total: 9, share: 1 })
  expect((await read()).hardware).toMatchObject({ total: 33, share: 1 })
})

test("an outage begins halfway between the last sale that worked and the first that failed", async () => {
  const { serial: early, terminalId: first } = await givenTerminal(orgId, { storeId })
  const { serial: late, terminalId: second } = await givenTerminal(orgId, { storeId })
  const { serial: quiet, terminalId: third } = await givenTerminal(orgId, { storeId })
  for (let hour = 9; hour < 21; hour += 1) for (const id of [first, second]) await givenHour(id, hour)
  const given = (serial: string, worked: string[], failed: string[]) =>
    givenSales(ingestKey, serial, [
      ...worked.map((time) => ({ at: `${before}T${time}:00Z` })),
      ...failed.map((time) => ({ at: `${before}T${time}:00Z`, code: "91" })),
    ])
  await given(early, ["11:40", "13:20"], ["12:20", "12:30", "12:40"])
  await given(late, ["11:55", "13:20"], ["12:20", "12:30", "12:40"])
  // It sends no heartbeats: of it no other hours are known.
  await given(quiet, ["10:30"], ["15:10", "15:40", "16:20", "16:50"])
  await sumBeats(orgId)
  await settle(before)
  const system = async (terminal: number) => (await read(`&terminal=${terminal}`)).cardholder.lost.system
  expect([await system(first), await system(second)]).toEqual([1, 0])
  const { hardware, cardholder, authorisation } = await read(`&terminal=${third}`)
  expect(hardware).toMatchObject({ total: 0, share: null })
  expect(cardholder).toMatchObject({ total: 3, lost: { system: 2 } })
  expect(authorisation).toMatchObject({ total: 5, lost: { system: 4 } })
  expect(await read()).toMatchObject({ hardware: { total: 24, share: 1 }, cardholder: { total: 27 } })
})

test("nothing is known before the first night", async () => {
  const { hardware, cardholder, authorisation, hoursUntil } = await read()
  for (const { total, share } of [hardware, cardholder, authorisation])
    expect({ total, share }).toEqual({ total: 0, share: null })
  expect(hoursUntil).toBeNull()
})
