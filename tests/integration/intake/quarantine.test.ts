import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postEnrol } from "@/app/api/v1/quarantine/[id]/enrol/route"
import { POST as postReplay } from "@/app/api/v1/quarantine/[id]/replay/route"
import { GET as getOne } from "@/app/api/v1/quarantine/[id]/route"
import { POST as postReplayAll } from "@/app/api/v1/quarantine/replay/route"
import { GET as getList } from "@/app/api/v1/quarantine/route"
import { asWorker } from "@/lib/base/db/transaction"
import { deleteOldQuarantine } from "@/lib/intake/quarantine/delete-old-quarantine"
import { enrolTerminal } from "@/lib/intake/quarantine/enrol-terminal"
import type {
  QuarantinedRecord,
  QuarantinePage,
  Replayed,
  ReplayedRecord,
} from "@/lib/intake/quarantine/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  answerOf,
  heartbeats,
  heartbeatsOnce,
  lines,
  minutesAgo,
  rowsOf,
  transactionsOnce,
  type Kept,
} from "@/tests/support/ingest"

useDatabase()

const jsonOf = async <Answer>(response: Promise<Response>): Promise<Answer> => {
  const { status, ok } = await response
  expect({ status, ok }).toMatchObject({ ok: true })
  return (await response).json() as Promise<Answer>
}
const list = ({ readKey }: Organisation, search = "") =>
  jsonOf<QuarantinePage>(call(getList, `/api/v1/quarantine${search}`, { key: readKey }))
const one = ({ readKey }: Organisation, id: number) =>
  jsonOf<QuarantinedRecord>(
    call(getOne, `/api/v1/quarantine/${id}`, { key: readKey, params: { id: String(id) } }),
  )
const replayResponse = ({ ingestKey }: Organisation, id: number, body = "") =>
  call(postReplay, `/api/v1/quarantine/${id}/replay`, {
    method: "POST",
    key: ingestKey,
    body,
    params: { id: String(id) },
  })
const replay = (org: Organisation, id: number, record?: object) =>
  jsonOf<ReplayedRecord>(replayResponse(org, id, record === undefined ? "" : JSON.stringify({ record })))
const replayAll = ({ ingestKey }: Organisation, search = "") =>
  jsonOf<Replayed>(
    call(postReplayAll, `/api/v1/quarantine/replay${search}`, { method: "POST", key: ingestKey }),
  )

const send = ({ ingestKey }: Organisation, ...records: object[]) =>
  heartbeatsOnce({ key: ingestKey, body: lines(records) })
const kept = ({ orgId }: Organisation) => rowsOf<Kept & { correction: string | null }>(orgId, "quarantine")
const strict = () => givenOrganisation({ enrolUnknown: false })
/** An organisation with one record in quarantine. */
async function givenRejected(record: (serial: string) => object, overrides = {}) {
  const org = await givenOrganisation(overrides)
  const { serial, terminalId } = await givenTerminal(org.orgId)
  await send(org, record(serial))
  const [row] = await kept(org)
  return { org, serial, terminalId, id: row?.id ?? 0 }
}
const receivedDaysAgo = ({ orgId }: Organisation, days: number) =>
  asWorker((db) =>
    db.query(
      sql`
        update quarantine set received_at = now() - ${days}::int * interval '1 day'
        where org_id = ${orgId}::uuid`,
    ),
  )

const pan = "6212345678901232"

describe("the list", () => {
  test("shows reasons, terminals and counts, with filters and pages", async () => {
    const org = await strict()
    await send(
      org,
      { terminal: "GHOST", at: minutesAgo(1) },
      { terminal: "GHOST", at: minutesAgo(2) },
      { terminal: "FAST", at: minutesAgo(-60) },
      { at: minutesAgo(1) },
    )
    await transactionsOnce({
      key: org.ingestKey,
      body: lines([{ terminal: "GHOST", at: minutesAgo(1), id: "1", outcome: "approved" }]),
    })
    const all = await list(org)
    expect(all.counts).toEqual({ unknown_terminal: 3, clock_wrong: 1, invalid: 1 })
    expect(all.data).toHaveLength(5)
    expect(all.data[0]).toMatchObject({
      kind: "transaction",
      code: "unknown_terminal",
      field: "terminal",
      terminal: "GHOST",
      seenCount: 1,
      resolvedAt: null,
    })
    expect((await list(org, "?code=unknown_terminal&kind=heartbeat")).data).toHaveLength(2)
    expect((await list(org, "?terminal=FAST")).data).toMatchObject([{ code: "clock_wrong" }])
    expect((await list(org, "?state=resolved")).data).toEqual([])

    const first = await list(org, "?limit=3")
    const second = await list(org, `?limit=3&cursor=${first.nextCursor}`)
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(all.data.map(({ id }) => id))
    expect(second.nextCursor).toBeNull()
  })

  test("has no records of other organisations, and no other organisation can replay them", async () => {
    const { id } = await givenRejected((serial) => ({ terminal: serial, at: "soon" }))
    const other = await givenOrganisation()
    expect(await list(other)).toEqual({
      data: [],
      nextCursor: null,
      previousCursor: null,
      position: 1,
      counts: {},
    })
    expect(
      (await call(getOne, `/api/v1/quarantine/${id}`, { key: other.readKey, params: { id: String(id) } }))
        .status,
    ).toBe(404)
    expect((await replayResponse(other, id)).status).toBe(404)
    expect(await replayAll(other)).toMatchObject({ replayed: 0, left: 0 })
    await expect(enrolTerminal({ actor: other.actor, id })).rejects.toMatchObject({ code: "not_found" })
  })

  test("can be read only with a read key and replayed only with an ingest key", async () => {
    const { org, id } = await givenRejected((serial) => ({ terminal: serial, at: "soon" }))
    expect((await call(getList, "/api/v1/quarantine", { key: org.ingestKey })).status).toBe(403)
    expect((await replayResponse({ ...org, ingestKey: org.readKey }, id)).status).toBe(403)
    expect(
      (await call(postReplayAll, "/api/v1/quarantine/replay", { method: "POST", key: org.readKey })).status,
    ).toBe(403)
  })
})

describe("a record that is sent again and again", () => {
  test("is one row with a count, also within one upload and from concurrent uploads", async () => {
    const org = await givenOrganisation()
    const bad = { terminal: "SN", at: "soon" }
    await send(org, bad, bad, { terminal: "SN", at: "later" })
    await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        send(
          org,
          ...(i % 2 === 0 ? [bad, { terminal: "SN", at: "later" }] : [{ terminal: "SN", at: "later" }, bad]),
        ),
      ),
    )
    expect((await list(org)).data.map(({ seenCount }) => seenCount)).toEqual([7, 8])
  })

  test("is counted and stays resolved after a correction was accepted", async () => {
    const { org, id } = await givenRejected((name) => ({
      terminal: name,
      at: "three minutes ago",
    }))
    const { record } = await one(org, id)
    await replay(org, id, { ...(JSON.parse(record) as object), at: minutesAgo(3) })
    await heartbeats({ key: org.ingestKey, body: record })
    expect(await kept(org)).toMatchObject([{ id, seen_count: 3, resolved_at: expect.any(Date) as Date }])
    expect(await rowsOf(org.orgId, "heartbeat")).toHaveLength(1)
  })
})

describe("a record is resolved by", () => {
  test("enrolling its terminal, which also accepts its other records", async () => {
    const org = await strict()
    const { storeId } = await givenStore(org.orgId)
    const records = [1, 2, 3].map((minutes) => ({
      terminal: "GHOST",
      at: minutesAgo(minutes),
      model: "A920",
    }))
    await send(org, ...records, { terminal: "OTHER", at: minutesAgo(1) })
    const [row] = await kept(org)
    const answer = await enrolTerminal({ actor: org.actor, id: row?.id ?? 0, store: storeId })
    expect(answer).toMatchObject({
      terminal: { serial: "GHOST" },
      replay: { replayed: 3, resolved: 3, left: 0, nextCursor: null },
    })
    expect(await rowsOf(org.orgId, "heartbeat")).toHaveLength(3)
    expect((await list(org)).data).toMatchObject([{ terminal: "OTHER" }])
    const enrolled = await asWorker((db) =>
      db.query(sql`
      select t.serial, m.name as model, p.store_id, u.status from terminal t
      join terminal_model m on m.id = t.model_id
        join terminal_store p on p.terminal_id = t.id and p.to_at is null
        join terminal_status u on u.terminal_id = t.id and u.to_at is null
       where t.org_id = ${org.orgId}::uuid`),
    )
    expect(enrolled).toEqual([{ serial: "GHOST", model: "A920", store_id: storeId, status: "active" }])
  })

  test("enrolling its terminal without a store, into the unassigned store", async () => {
    const org = await strict()
    await send(org, { terminal: "10002000", serial: "SN-9", at: minutesAgo(1) })
    const [row] = await kept(org)
    expect(await enrolTerminal({ actor: org.actor, id: row?.id ?? 0 })).toMatchObject({
      terminal: { serial: "SN-9" },
      replay: { resolved: 1 },
    })
    const placed = await asWorker((db) =>
      db.query(sql`select store_id from terminal_store where org_id = ${org.orgId}::uuid`),
    )
    expect(placed).toEqual([{ store_id: org.unassignedStoreId }])
  })

  test("enrolling only by an admin, into an own store and for an unknown terminal", async () => {
    const { org, id } = await givenRejected((serial) => ({ terminal: serial, at: "soon" }))
    const [{ storeId }, ghost] = [await givenStore((await givenOrganisation()).orgId), await strict()]
    await send(ghost, { terminal: "GHOST", at: minutesAgo(1) })
    const [waiting] = await kept(ghost)
    await expect(enrolTerminal({ actor: org.actor, id })).rejects.toMatchObject({ code: "conflict" })
    await expect(
      enrolTerminal({ actor: ghost.actor, id: waiting?.id ?? 0, store: storeId }),
    ).rejects.toMatchObject({ code: "invalid" })
    expect(
      (
        await call(postEnrol, `/api/v1/quarantine/${waiting?.id}/enrol`, {
          key: ghost.ingestKey,
          body: "{}",
          params: { id: String(waiting?.id) },
        })
      ).status,
    ).toBe(403)
  })

  test("correcting a field", async () => {
    const { org, id, terminalId } = await givenRejected((serial) => ({
      terminal: serial,
      at: "three minutes ago",
      batteryPct: 100,
    }))
    const before = await one(org, id)
    expect(before).toMatchObject({ code: "invalid", field: "at", isWhole: true, correction: null })
    const corrected = { ...(JSON.parse(before.record) as object), at: minutesAgo(3) }
    expect(await replay(org, id, corrected)).toMatchObject({
      outcome: "accepted",
      record: { id, resolvedAt: expect.any(String) as string },
    })
    expect(await rowsOf(org.orgId, "heartbeat")).toMatchObject([
      { terminal_id: terminalId, battery_pct: 100 },
    ])
    expect(await kept(org)).toMatchObject([{ record: before.record, correction: JSON.stringify(corrected) }])
  })

  test("correcting its clock", async () => {
    const { org, id, serial } = await givenRejected((name) => ({
      terminal: name,
      at: minutesAgo(14_400),
      sentAt: minutesAgo(14_400),
    }))
    const { receivedAt, code } = await one(org, id)
    expect(code).toBe("clock_wrong")
    expect(await replay(org, id, { terminal: serial, at: receivedAt })).toMatchObject({ outcome: "accepted" })
    expect(await rowsOf(org.orgId, "heartbeat")).toMatchObject([
      { at: new Date(receivedAt), clock_offset_ms: 0 },
    ])
  })

  test("a replay, which measures its clock at the time of arrival", async () => {
    const org = await strict()
    const [sentAt, at] = [minutesAgo(2 * 1440 - 3), minutesAgo(2 * 1440)]
    await send(org, { terminal: "GHOST", at, sentAt })
    await receivedDaysAgo(org, 2)
    await givenTerminal(org.orgId, { serial: "GHOST" })
    const [row] = await kept(org)
    expect(await replay(org, row?.id ?? 0)).toMatchObject({ outcome: "accepted" })
    expect(
      Math.abs(
        (await rowsOf<{ clock_offset_ms: number }>(org.orgId, "heartbeat"))[0]?.clock_offset_ms ?? NaN,
      ),
    ).toBeLessThan(5 * 60_000)
  })

  test("a later correction: a wrong one is kept with its reason and can be edited again", async () => {
    const { org, id, serial } = await givenRejected((name) => ({
      terminal: name,
      at: "three minutes ago",
    }))
    const wrong = { terminal: serial, app: "5.2.1" }
    expect(await replay(org, id, wrong)).toMatchObject({
      outcome: "rejected",
      record: { message: "is missing", correction: JSON.stringify(wrong), resolvedAt: null },
    })
    expect(await replay(org, id)).toMatchObject({ outcome: "rejected", record: { message: "is missing" } })
    expect(await kept(org)).toMatchObject([{ id, seen_count: 1, code: "invalid" }])
  })

  test.each(["", "{}"])("no replay of an unchanged record (body %j) that is still wrong", async (body) => {
    const { org, id } = await givenRejected((serial) => ({ terminal: serial, at: "soon" }))
    expect((await replayResponse(org, id, body)).status).toBe(200)
    expect(await kept(org)).toMatchObject([{ id, seen_count: 1, resolved_at: null }])
  })

  test("correcting an incomplete record, which cannot be replayed unchanged", async () => {
    const org = await givenOrganisation()
    const { serial } = await givenTerminal(org.orgId)
    await heartbeatsOnce({ key: org.ingestKey, body: `{"terminal":"${serial}","at"` })
    const [row] = await kept(org)
    const id = row?.id ?? 0
    expect(await one(org, id)).toMatchObject({ isWhole: false })
    expect((await replayResponse(org, id)).status).toBe(422)
    expect((await replayResponse(org, id, '{"record":[]}')).status).toBe(422)
    expect(await replayAll(org)).toMatchObject({ replayed: 1, resolved: 0, rejected: 1, nextCursor: null })
    expect(await replay(org, id, { terminal: serial, at: minutesAgo(1) })).toMatchObject({
      outcome: "accepted",
    })
  })
})

describe("a replay", () => {
  test("twice adds nothing", async () => {
    const { org, id, serial } = await givenRejected((name) => ({
      terminal: name,
      at: "three minutes ago",
    }))
    const corrected = { terminal: serial, at: minutesAgo(3) }
    expect((await replay(org, id, corrected)).outcome).toBe("accepted")
    expect((await replay(org, id, { ...corrected, at: minutesAgo(9) })).outcome).toBe("resolved")
    expect(await replayAll(org)).toMatchObject({ replayed: 0 })
    expect(await rowsOf(org.orgId, "heartbeat")).toHaveLength(1)
    expect(await kept(org)).toHaveLength(1)
  })

  test("of a record that was accepted meanwhile resolves it and adds nothing", async () => {
    const org = await strict()
    const beat = { terminal: "GHOST", at: minutesAgo(1) }
    await send(org, beat)
    await givenTerminal(org.orgId, { serial: "GHOST" })
    expect(await answerOf(await send(org, beat))).toMatchObject({ accepted: 1 })
    const [row] = await kept(org)
    expect((await replay(org, row?.id ?? 0)).outcome).toBe("duplicate")
    expect(await rowsOf(org.orgId, "heartbeat")).toHaveLength(1)
  })

  test("by several users at the same time, each with another correction, stores one", async () => {
    const { org, id, serial } = await givenRejected((name) => ({ terminal: name, at: "soon" }))
    const bodies = [1, 2, 3, 4].map((minutes) =>
      JSON.stringify({ record: { terminal: serial, at: minutesAgo(minutes) } }),
    )
    const answers = await Promise.all(bodies.map((body) => replayResponse(org, id, body)))
    for (const { status } of answers) expect([200, 409]).toContain(status)
    expect(await rowsOf(org.orgId, "heartbeat")).toHaveLength(1)
    expect(await kept(org)).toMatchObject([{ id, resolved_at: expect.any(Date) as Date }])
  })

  test("of all records by several users, while the terminal sends them again, stores each once", async () => {
    const org = await strict()
    const beats = Array.from({ length: 60 }, (_, i) => ({
      terminal: "GHOST",
      at: i % 4 === 0 ? `the ${i}th` : minutesAgo(i + 1),
    }))
    const body = lines(beats)
    await heartbeatsOnce({ key: org.ingestKey, body })
    const { terminalId } = await givenTerminal(org.orgId, { serial: "GHOST" })
    const answers = await Promise.all([
      replayAll(org),
      heartbeatsOnce({ key: org.ingestKey, body }).then(answerOf),
      replayAll(org),
      replayAll(org),
    ])
    expect(answers).toHaveLength(4)
    await replayAll(org)
    expect(await rowsOf(org.orgId, "heartbeat")).toHaveLength(45)
    expect((await list(org)).counts).toEqual({ invalid: 15 })
    expect(await kept(org)).toHaveLength(60)
    expect(
      (await rowsOf<{ terminal_id: number }>(org.orgId, "heartbeat")).every(
        (row) => row.terminal_id === terminalId,
      ),
    ).toBe(true)
  })

  test("of all records by reason and kind runs in bounded steps and ends if some stay open", async () => {
    const org = await strict()
    const beats = Array.from({ length: 2_500 }, (_, i) => ({
      terminal: i % 500 === 0 ? "STILL" : "GHOST",
      at: minutesAgo(i + 1),
    }))
    await send(org, ...beats, { terminal: "GHOST", at: "soon" })
    await transactionsOnce({
      key: org.ingestKey,
      body: lines([{ terminal: "GHOST", at: minutesAgo(1), id: "1", outcome: "approved" }]),
    })
    await givenTerminal(org.orgId, { serial: "GHOST" })

    expect(await replayAll(org, "?kind=transaction")).toMatchObject({ replayed: 1, resolved: 1, left: 0 })
    const first = await replayAll(org, "?code=unknown_terminal")
    expect(first).toMatchObject({ replayed: 2_000, resolved: 1_996, rejected: 4, left: 500 })
    const second = await replayAll(org, `?code=unknown_terminal&cursor=${first.nextCursor}`)
    expect(second).toMatchObject({ replayed: 500, resolved: 499, rejected: 1, left: 0, nextCursor: null })
    expect((await list(org)).counts).toEqual({ unknown_terminal: 5, invalid: 1 })
    expect(await rowsOf(org.orgId, "heartbeat")).toHaveLength(2_495)
  })

  test("of a record older than raw retention reports that instead of failing", async () => {
    const org = await strict()
    await send(org, { terminal: "GHOST", at: minutesAgo(20 * 1440) })
    await asWorker((db) =>
      db.query(sql`update organisation set raw_retention_days = 7 where id = ${org.orgId}::uuid`),
    )
    await receivedDaysAgo(org, 19)
    await givenTerminal(org.orgId, { serial: "GHOST" })
    expect(await replayAll(org, "?terminal=GHOST")).toMatchObject({ resolved: 0, rejected: 1 })
    expect((await list(org)).counts).toEqual({ too_old: 1 })
  })
})

describe("a card number", () => {
  test("is masked in the record, and the masked text is replayed", async () => {
    const org = await givenOrganisation()
    const { serial } = await givenTerminal(org.orgId)
    await transactionsOnce({
      key: org.ingestKey,
      body: lines([{ terminal: serial, at: minutesAgo(1), id: "1", outcome: "approved", cardRef: pan }]),
    })
    const [row] = await kept(org)
    expect(row?.code).toBe("pan_suspected")
    expect((await replay(org, row?.id ?? 0)).outcome).toBe("accepted")
    expect(await rowsOf(org.orgId, "transaction")).toMatchObject([{ card_ref: "621234******1232" }])
  })

  const saleWith = (field: string) =>
    `{"record":{"terminal":"SN","at":"2026-11-24T00:00:00Z","id":"1","outcome":"approved",${field}}}`
  test.each([
    ["in a text", saleWith(`"cardRef":"${pan}"`)],
    ["as a number longer than a double", saleWith('"amountMinor":6205500000000000004')],
    ["with an exponent", saleWith('"amountMinor":6.212345678901232e15')],
  ])("in a correction, %s, is refused and kept masked", async (_name, body) => {
    const org = await givenOrganisation()
    await transactionsOnce({
      key: org.ingestKey,
      body: lines([{ terminal: "SN", at: "soon", id: "1", outcome: "approved" }]),
    })
    const [row] = await kept(org)
    const answer = await jsonOf<ReplayedRecord>(replayResponse(org, row?.id ?? 0, body))
    expect(answer).toMatchObject({ outcome: "rejected", record: { code: "pan_suspected" } })
    const table = JSON.stringify([answer, await kept(org)])
    for (const digits of [pan, "6205500000000000004", "6.212345678901232", "6205500000000000000"])
      expect(table).not.toContain(digits)
    expect(table).toContain("***")
    expect(await rowsOf(org.orgId, "transaction")).toEqual([])
  })
})

test("deletes records after ninety days, resolved or not, and no others", async () => {
  const { org, id, serial } = await givenRejected((name) => ({
    terminal: name,
    at: "three minutes ago",
  }))
  await replay(org, id, { terminal: serial, at: minutesAgo(3) })
  await send(org, { terminal: serial, at: "soon" })
  await receivedDaysAgo(org, 91)
  await send(org, { terminal: serial, at: "later" })
  expect(await deleteOldQuarantine()).toBe(2)
  expect(await kept(org)).toMatchObject([{ record: expect.stringContaining("later") as string }])
  expect(await deleteOldQuarantine()).toBe(0)
})
