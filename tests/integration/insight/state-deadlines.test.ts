import sql from "sql-template-tag"
import { beforeEach, describe, expect, test } from "vitest"
import { PATCH as patchStore } from "@/app/api/v1/stores/[id]/route"
import { POST as move } from "@/app/api/v1/terminals/[id]/move/route"
import { POST as restate } from "@/app/api/v1/terminals/[id]/status/route"
import { POST as swap } from "@/app/api/v1/terminals/[id]/swap/route"
import { POST as addTerminal } from "@/app/api/v1/terminals/route"
import { systemActor } from "@/lib/access/actor/actor"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { settleOrganisation, settleStates } from "@/lib/insight/silence/settle-states"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen, givenBeats, minute } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenPerson, type Person } from "@/tests/support/people"
import { givenBatch } from "@/tests/support/raw"
import { done, send } from "@/tests/support/terminal-life"

useDatabase()

type State = { online_state: string; online_state_since: Date | null; next_state_at: Date | null }

async function stateOf(terminalId: number): Promise<State | undefined> {
  const [row] = await asWorker((db) =>
    db.query<State>(sql`
      select online_state, online_state_since, next_state_at from terminal_state
       where terminal_id = ${terminalId}::bigint`),
  )
  return row
}

let orgId: string
let manager: Person
let storeId: number
let terminalId: number
/** When the terminal's last heartbeat was measured and received. */
let beatAt: number

/** A round so many minutes after the heartbeat, and not before now. */
const settle = (minutesAfterBeat: number) =>
  settleOrganisation({ orgId, now: new Date(Math.max(Date.now(), beatAt + minutesAfterBeat * minute)) })
const minutesOf = (at: Date | null | undefined) => (at ? (at.getTime() - beatAt) / minute : null)
const seen = async (id = terminalId) => {
  const row = await stateOf(id)
  return { state: row?.online_state, next: minutesOf(row?.next_state_at) }
}

/** A terminal with an interval of 15 minutes. */
async function givenBeating(id: number) {
  beatAt = Date.now()
  const times = Array.from({ length: 10 }, (_, i) => new Date(beatAt - i * 15 * minute).toISOString())
  await givenBatch(
    orgId,
    "heartbeat",
    times.map((at) => ({ terminal_id: id, at })),
    new Date(beatAt),
  )
  await foldAll()
}

beforeEach(async () => {
  ;({ orgId } = await givenOrganisation())
  manager = await givenPerson(orgId, "manager")
  ;({ storeId } = await givenStore(orgId, { openingHours: alwaysOpen }))
  ;({ terminalId } = await givenTerminal(orgId, { storeId }))
  await givenBeating(terminalId)
})

describe("a terminal that stays silent", () => {
  test("is worked out when it is due, and at no other time", async () => {
    const rounds: unknown[] = []
    for (const minutes of [0, 29, 30, 59, 60, 119, 120, 10_000])
      rounds.push([minutes, (await settle(minutes)).terminals, await seen()])
    expect(rounds).toEqual([
      [0, 1, { state: "online", next: 30 }],
      [29, 0, { state: "online", next: 30 }],
      [30, 1, { state: "late", next: 60 }],
      [59, 0, { state: "late", next: 60 }],
      [60, 1, { state: "suspect", next: 120 }],
      [119, 0, { state: "suspect", next: 120 }],
      [120, 1, { state: "offline", next: null }],
      [10_000, 0, { state: "offline", next: null }],
    ])
  })

  test("has its state since the deadline, also when the worker comes late", async () => {
    await settle(0)
    await settle(100)
    const row = await stateOf(terminalId)
    expect([row?.online_state, minutesOf(row?.online_state_since)]).toEqual(["suspect", 60])
  })

  test("is back online when the fold sees a heartbeat, before any round", async () => {
    await settle(130)
    expect(await seen()).toEqual({ state: "offline", next: null })
    await givenBeats(orgId, terminalId, { until: 0, count: 1 })
    const { state, next } = await seen()
    expect([state, Math.round(next ?? 0)]).toEqual(["online", 30])
  })

  test("stays silent when an old heartbeat comes late", async () => {
    await settle(130)
    await givenBatch(orgId, "heartbeat", [
      { terminal_id: terminalId, at: new Date(beatAt - 7 * minute).toISOString() },
    ])
    await foldAll()
    await settle(130)
    expect(await seen()).toMatchObject({ state: "offline" })
  })

  test("is worked out again within ten seconds while it sends what it kept", async () => {
    const { terminalId: offline } = await givenTerminal(orgId, { storeId })
    const sendsOf = async (minutesAgo: number) => {
      const at = new Date(Date.now() - minutesAgo * minute).toISOString()
      await givenBatch(orgId, "heartbeat", [{ terminal_id: offline, at }])
      await foldAll()
      return stateOf(offline)
    }
    await sendsOf(600)
    await settleStates({ now: new Date() })
    const [first, second] = [await sendsOf(599), await sendsOf(598)]
    const due = first?.next_state_at ?? new Date(0)
    expect(first?.online_state).toBe("offline")
    expect(Math.abs(due.getTime() - Date.now() - 5_000)).toBeLessThan(5_000)
    expect(second?.next_state_at).toEqual(due)
    await settleStates({ now: new Date(due.getTime() + 1) })
    expect(await stateOf(offline)).toMatchObject({ online_state: "offline", next_state_at: null })
  })

  test("is late earlier when its interval gets shorter", async () => {
    await settle(0)
    const since = Date.now() - beatAt
    await givenBatch(
      orgId,
      "heartbeat",
      Array.from({ length: 21 }, (_, i) => ({
        terminal_id: terminalId,
        at: new Date(beatAt + since - (20 - i) * (since / 30)).toISOString(),
      })),
    )
    await foldAll()
    const { next } = await seen()
    expect(next).toBeLessThan(2)
  })
})

test("rounds of all organisations find those that are due", async () => {
  const other = await givenOrganisation()
  const { terminalId: quiet } = await givenTerminal(other.orgId)
  await settleStates({ now: new Date(beatAt + 31 * minute) })
  expect(await seen()).toMatchObject({ state: "late" })
  expect(await stateOf(quiet)).toMatchObject({ online_state: "unknown", next_state_at: null })
})

describe("a deadline is worked out again", () => {
  const patch = (change: object) =>
    done(
      call(patchStore, "/api/v1/stores/x", {
        method: "PATCH",
        headers: { ...manager.headers, "content-type": "application/json" },
        body: JSON.stringify(change),
        params: { id: String(storeId) },
      }),
    )
  const closedNow = () => {
    const today = localDay(new Date(beatAt), "Asia/Shanghai")
    return Object.fromEntries([-1, 0, 1].map((days) => [addDays(today, days), []]))
  }

  beforeEach(() => settle(0))

  test.each<[string, () => Promise<unknown>, { state: string; next: number | null }]>([
    ["a store's hours", () => patch({ openingHours: {} }), { state: "online", next: null }],
    ["unknown hours", () => patch({ openingHours: null }), { state: "late", next: 24 * 60 }],
    [
      "a store that closes for good",
      () => patch({ closedOn: "2026-01-01" }),
      { state: "unknown", next: null },
    ],
    [
      "a spare terminal",
      () => done(send(restate, manager, terminalId, { status: "spare" })),
      { state: "unknown", next: null },
    ],
    [
      "a retired terminal",
      () => done(send(restate, manager, terminalId, { status: "retired" })),
      { state: "unknown", next: null },
    ],
  ])("after a change: %s", async (_name, change, expected) => {
    await change()
    await settle(70)
    expect(await seen()).toEqual(expected)
  })

  test("after a holiday is entered, and after it is deleted", async () => {
    await patch({ hoursExceptions: closedNow() })
    await settle(70)
    expect(await seen()).toMatchObject({ state: "online" })
    await patch({ hoursExceptions: {} })
    await settle(70)
    expect(await seen()).toEqual({ state: "suspect", next: 120 })
  })

  test("after a move to a store with other hours", async () => {
    const { storeId: closed } = await givenStore(orgId, { openingHours: {} })
    await done(send(move, manager, terminalId, { store: closed }))
    await settle(70)
    expect(await seen()).toEqual({ state: "online", next: null })
  })

  test("after a swap, of both terminals", async () => {
    const { terminalId: spare } = await givenTerminal(orgId, { storeId, status: "spare" })
    await givenBeating(spare)
    await asWorker((db) =>
      db.query(sql`update terminal_tid set to_at = now() where terminal_id = ${spare}::bigint`),
    )
    await settle(0)
    expect(await seen(spare)).toEqual({ state: "unknown", next: null })
    await done(send(swap, manager, terminalId, { replacement: spare, oldStatus: "spare" }))
    await settle(31)
    expect(await seen()).toEqual({ state: "unknown", next: null })
    expect(await seen(spare)).toEqual({ state: "late", next: 60 })
  })

  test("after a vendor or file gives other hours or another status", async () => {
    const [row] = await asWorker((db) =>
      db.query<{ serial: string; code: string }>(sql`
        select t.serial, s.code from terminal t, store s
         where t.id = ${terminalId}::bigint and s.id = ${storeId}::bigint`),
    )
    const serial = row?.serial ?? ""
    const actor = systemActor(orgId)
    await upsertTerminals({ actor, entries: [{ serial, store: row?.code ?? "", openingHours: {} }] })
    await settle(70)
    expect(await seen()).toEqual({ state: "online", next: null })
    await upsertTerminals({ actor, entries: [{ serial, status: "in_repair" }] })
    await settle(70)
    expect(await seen()).toEqual({ state: "unknown", next: null })
    await upsertTerminals({ actor, entries: [{ serial, status: "in_repair" }] })
    expect((await settle(70)).terminals).toBe(0)
  })

  test("and a new terminal has a state before its first heartbeat", async () => {
    const { id } = (await done(send(addTerminal, manager, null, { serial: "NEW-1", store: storeId }))) as {
      id: number
    }
    await settle(1)
    expect(await seen(id)).toEqual({ state: "unknown", next: null })
    await givenBeats(orgId, id, { until: 0, count: 1 })
    await settle(1)
    expect(await seen(id)).toMatchObject({ state: "online" })
  })
})

test("while records wait to be folded, terminals are not taken for silent", async () => {
  await settle(0)
  const waiting = new Date(Date.now() - 5 * minute)
  await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at: waiting.toISOString() }], waiting)
  await settle(40)
  expect(await seen()).toEqual({ state: "online", next: 30 })
  await foldAll()
  await settle(40)
  expect(await seen()).toMatchObject({ state: "late" })
})
