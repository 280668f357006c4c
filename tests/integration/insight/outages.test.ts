import sql from "sql-template-tag"
import { beforeEach, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { settleOrganisation } from "@/lib/insight/silence/settle-states"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen, minute } from "@/tests/support/flags"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

let orgId: string
let ids: number[]
/** When the last heartbeats before the outage came in. What comes later in a test is in the future. */
let lastAt: number

const at = (minutes: number) => new Date(lastAt + minutes * minute)

/** Heartbeats of these terminals, measured and received that many minutes after the last ones. */
async function givenReceipt(minutes: number, terminals = ids) {
  await givenBatch(
    orgId,
    "heartbeat",
    terminals.map((id) => ({ terminal_id: id, at: at(minutes).toISOString() })),
    at(minutes),
  )
  await foldAll()
}

/** A round so many minutes after the last heartbeats, and not before now. */
const settle = (minutes: number) =>
  settleOrganisation({ orgId, now: new Date(Math.max(Date.now(), at(minutes).getTime())) })
const states = async () =>
  (
    await asWorker((db) =>
      db.query<{ online_state: string }>(sql`
        select online_state from terminal_state where org_id = ${orgId}::uuid order by terminal_id`),
    )
  ).map(({ online_state: state }) => state)
const outages = async () =>
  (
    await asWorker((db) =>
      db.query<{ from_at: Date; to_at: Date | null }>(sql`
        select from_at, to_at from own_outage where org_id = ${orgId}::uuid order by from_at`),
    )
  ).map((row) => [row.from_at, row.to_at].map((end) => end && (end.getTime() - lastAt) / minute))
const every = (state: string) => ids.map(() => state)

beforeEach(async () => {
  ;({ orgId } = await givenOrganisation())
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  ids = []
  for (let i = 0; i < 6; i += 1) ids.push((await givenTerminal(orgId, { storeId })).terminalId)
  lastAt = Date.now()
  for (const minutes of [-45, -30, -15, 0]) await givenReceipt(minutes)
  await settle(0)
})

test("nothing for an hour is an outage: no state is known until something comes in", async () => {
  await settle(59)
  expect(await states()).toEqual(every("late"))
  await settle(60)
  expect(await states()).toEqual(every("unknown"))
  await settle(600)
  expect(await states()).toEqual(every("unknown"))
  expect(await outages()).toEqual([[0, null]])
})

test("deadlines move by the length of the outage", async () => {
  for (const minutes of [30, 60, 300]) await settle(minutes)
  await givenReceipt(300, ids.slice(0, 1))
  await settle(300)
  expect(await outages()).toEqual([[0, 300]])
  expect(await states()).toEqual(every("online"))
  // Half an hour of silence without the outage.
  await settle(329)
  expect(await states()).toEqual(every("online"))
  await settle(331)
  expect(await states()).toEqual(every("late"))
  for (const minutes of [331, 361, 391, 420]) await givenReceipt(minutes, ids.slice(0, 1))
  await settle(300 + 121)
  expect((await states()).slice(1)).toEqual(every("offline").slice(1))
})

test("a terminal that was silent before stays silent", async () => {
  const others = ids.slice(1)
  for (const minutes of [20, 40, 60, 80, 100, 120]) await givenReceipt(minutes, others)
  await settle(121)
  expect((await states())[0]).toBe("offline")
  for (const minutes of [150, 181, 400]) await settle(minutes)
  expect(await states()).toEqual(every("unknown"))
  await givenReceipt(400, others)
  await settle(400)
  expect(await states()).toEqual(["offline", ...every("online").slice(1)])
})

test("a heartbeat that was on its way when the outage began ends it", async () => {
  await settle(60)
  await givenReceipt(59)
  await settle(61)
  expect(await outages()).toEqual([[0, 59]])
  expect(await states()).toEqual(every("online"))
})

test("an outage is also found after the worker was away, with the first heartbeats folded", async () => {
  await givenReceipt(500, ids.slice(0, 1))
  await settle(500)
  expect(await outages()).toEqual([[0, 500]])
  expect(await states()).toEqual(every("online"))
})

test("a gap that some worker watched and that was none of ours is no outage", async () => {
  const others = ids.slice(2)
  await asWorker((db) =>
    db.query(sql`
      update terminal_status set status = 'spare' where terminal_id = any(${others}::bigint[])`),
  )
  await asWorker((db) =>
    db.query(sql`update terminal_state set next_state_at = '-infinity' where org_id = ${orgId}::uuid`),
  )
  for (const minutes of [0, 30, 60, 61, 62, 63]) await settle(minutes)
  expect((await states()).slice(0, 2)).toEqual(["suspect", "suspect"])
  await givenReceipt(64, ids.slice(0, 1))
  await settle(64)
  expect(await outages()).toEqual([])
  expect((await states()).slice(0, 2)).toEqual(["online", "suspect"])
})

test("a file of old heartbeats does not end an outage", async () => {
  for (const minutes of [30, 60]) await settle(minutes)
  await givenBatch(
    orgId,
    "heartbeat",
    ids.map((id) => ({ terminal_id: id, at: at(-200).toISOString() })),
    at(200),
  )
  await foldAll()
  await settle(200)
  expect(await states()).toEqual(every("unknown"))
})
