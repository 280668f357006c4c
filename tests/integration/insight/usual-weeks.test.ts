import sql from "sql-template-tag"
import { beforeEach, describe, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import { settleAll } from "@/lib/insight/nights/settle-all"
import { learnWeeks } from "@/lib/insight/silence/learn-weeks"
import { settleOrganisation } from "@/lib/insight/silence/settle-states"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen, detect, flagsOf, givenBeats, minute } from "@/tests/support/flags"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const zone = "Asia/Shanghai"
const hoursOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => 1 << (from + i)).reduce((sum, bit) => sum | bit, 0)

let orgId: string
let readKey: string
beforeEach(async () => {
  ;({ orgId, readKey } = await givenOrganisation())
})

type Days = { terminalId: number; storeId: number; days: number; from: number; to: number }

/** Days until yesterday with four heartbeats in each hour from one to another on the store's clock. */
const givenDays = ({ terminalId, storeId, days, from, to }: Days) =>
  asOwner((client) =>
    client.query(sql`
      insert into terminal_day (terminal_id, org_id, store_id, day, beats, beat_hours)
      select ${terminalId}::bigint, ${orgId}::uuid, ${storeId}::bigint,
             ${localDay(new Date(), zone)}::date - n, ${4 * (to - from)}::int,
             -- Bit 0 is 14 hours before midnight in UTC, and the clock is 8 hours ahead.
             ${hoursOf(from, to)}::bigint << 6
        from generate_series(1, ${days}::int) n
      on conflict do nothing`),
  )

const weekOf = async (terminalId: number) => {
  const [row] = await asWorker((db) =>
    db.query<{ hours: number[]; beats_per_hour: number; is_own: boolean }>(sql`
      select hours, beats_per_hour, is_own from usual_week where terminal_id = ${terminalId}::bigint`),
  )
  return row
}
const stateOf = async (terminalId: number) => {
  const [row] = await asWorker((db) =>
    db.query<{ state: string }>(sql`
      select online_state as state from terminal_state where terminal_id = ${terminalId}::bigint`),
  )
  return row?.state
}

describe("usual weeks", () => {
  test("are learnt from days, and those of a new terminal from its store", async () => {
    const { storeId } = await givenStore(orgId, { timeZone: zone })
    const [{ terminalId: known }, { terminalId: young }] = [
      await givenTerminal(orgId, { storeId }),
      await givenTerminal(orgId, { storeId }),
    ]
    for (const id of [known, young]) await givenBeats(orgId, id)
    await givenDays({ terminalId: known, storeId, days: 30, from: 9, to: 21 })
    await givenDays({ terminalId: young, storeId, days: 5, from: 12, to: 14 })
    await learnWeeks({ now: new Date() })
    await learnWeeks({ now: new Date() })
    const hours = Array(7).fill(hoursOf(9, 21))
    expect(await weekOf(known)).toEqual({ hours, beats_per_hour: 4, is_own: true })
    expect(await weekOf(young)).toEqual({ hours, beats_per_hour: 4, is_own: false })
  })

  test("tell how long a terminal is silent, where opening hours are not known", async () => {
    const { storeId } = await givenStore(orgId, { timeZone: zone })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, terminalId, { until: 180 })
    await settleOrganisation({ orgId, now: new Date() })
    expect(await stateOf(terminalId)).toBe("late")
    await givenDays({ terminalId, storeId, days: 30, from: 0, to: 24 })
    await learnWeeks({ now: new Date() })
    await settleOrganisation({ orgId, now: new Date() })
    expect(await stateOf(terminalId)).toBe("offline")
  })
})

test("a sale is a sign of life", async () => {
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  await givenBeats(orgId, terminalId, { until: 180 })
  await settleOrganisation({ orgId, now: new Date() })
  expect(await stateOf(terminalId)).toBe("offline")
  const at = new Date(Date.now() - minute).toISOString()
  await givenBatch(orgId, "transaction", [{ terminal_id: terminalId, at, id: "1", outcome: "approved" }])
  await foldAll()
  await settleOrganisation({ orgId, now: new Date(Date.now() + minute / 4) })
  expect(await stateOf(terminalId)).toBe("online")
})

test("a terminal that falls silent again and again gets one flag, until it is steady", async () => {
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  await givenBeats(orgId, terminalId, { until: 70 })
  await asWorker((db) =>
    db.query(sql`
      update terminal_state set online_state = 'online', flaps = 2.5, flapped_at = now()
       where terminal_id = ${terminalId}::bigint`),
  )
  const flags = async (search = "") => (await flagsOf(readKey, `?rule=flapping${search}`)).data
  await detect(orgId, 2)
  expect(await stateOf(terminalId)).toBe("suspect")
  expect(await flags()).toMatchObject([{ status: "open", reasons: [{ code: "flapping", times: 4 }] }])
  await detect(orgId, 3, 6 * 60)
  expect(await flags()).toHaveLength(1)
  await detect(orgId, 3, 12 * 60)
  expect(await flags()).toEqual([])
  expect(await flags("&status=closed")).toHaveLength(1)
})

test("a terminal that is not up at opening gets a flag while others there are, until it is", async () => {
  const clock = (minutes: number) => new Date(Date.now() + minutes * minute).toISOString().slice(11, 16)
  const openingHours = Object.fromEntries(
    Object.keys(alwaysOpen).map((day) => [day, [[clock(-45), clock(300)]]]),
  )
  const { storeId } = await givenStore(orgId, { timeZone: "UTC", openingHours })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  await givenBeats(orgId, terminalId, { until: 400, every: 5 })
  const { terminalId: other } = await givenTerminal(orgId, { storeId })
  await givenBeats(orgId, other, { until: 1, every: 5 })
  const at = new Date(Date.now() - minute).toISOString()
  await givenBatch(orgId, "transaction", [{ terminal_id: other, at, id: "1", outcome: "approved" }])
  await foldAll()
  await asWorker((db) =>
    db.query(sql`
      insert into usual_week (terminal_id, org_id, store_id, hours, beats_per_hour, is_own)
      values (${terminalId}::bigint, ${orgId}::uuid, ${storeId}::bigint,
        ${Array(7).fill(hoursOf(0, 24))}::int[], 12, true)`),
  )
  const flags = async (search = "") => (await flagsOf(readKey, `?rule=not_up_at_opening${search}`)).data
  await detect(orgId, 3)
  expect(await stateOf(terminalId)).toBe("suspect")
  expect(await flags()).toMatchObject([{ status: "open", terminal: { id: terminalId } }])
  await givenBeats(orgId, terminalId, { until: 0, count: 1 })
  await detect(orgId, 4, 14)
  expect(await flags()).toEqual([])
  expect(await flags("&status=closed")).toHaveLength(1)
})

describe("a store that is silent as a whole", () => {
  const incidents = () =>
    asWorker((db) =>
      db.query<{ class: string; store_id: number; is_open: boolean; terminals: number }>(sql`
        select class, store_id, closed_at is null as is_open,
               (select count(*)::int from incident_member m where m.incident_id = i.id) as terminals
          from incident i where org_id = ${orgId}::uuid order by id`),
    )

  test("is one incident, and its terminals get flags only when others are back", async () => {
    const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
    // Something comes in meanwhile, so it is no outage of our own.
    await givenBeats(orgId, (await givenTerminal(orgId)).terminalId, { count: 14 })
    const terminals = [
      await givenTerminal(orgId, { storeId }),
      await givenTerminal(orgId, { storeId }),
      await givenTerminal(orgId, { storeId }),
    ]
    for (const { terminalId } of terminals) await givenBeats(orgId, terminalId, { until: 180 })
    await detect(orgId, 3)
    await settleAll({ now: new Date() })
    expect((await flagsOf(readKey, "?rule=silent")).data).toEqual([])
    const incident = { class: "store network", store_id: storeId, is_open: true, terminals: 3 }
    expect(await incidents()).toEqual([incident])

    const [dead, ...back] = terminals
    for (const { terminalId } of back) await givenBeats(orgId, terminalId, { until: 1, count: 1 })
    await settleAll({ now: new Date() })
    expect(await incidents()).toEqual([{ ...incident, is_open: false }])
    // Within ten minutes it is looked at again.
    await detect(orgId, 3, 12)
    expect((await flagsOf(readKey, "?rule=silent")).data).toMatchObject([
      { rule: "silent", status: "open", terminal: { id: dead?.terminalId } },
    ])
  })

  test("is no incident where others are online, or where terminals are not assigned to a store", async () => {
    const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
    const silent = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, silent.terminalId, { until: 180 })
    for (const { terminalId } of [
      await givenTerminal(orgId, { storeId }),
      await givenTerminal(orgId, { storeId }),
    ])
      await givenBeats(orgId, terminalId)
    await detect(orgId, 2)
    await settleAll({ now: new Date() })
    expect(await incidents()).toEqual([])
    expect((await flagsOf(readKey, "?rule=silent")).data).toHaveLength(1)
  })
})
