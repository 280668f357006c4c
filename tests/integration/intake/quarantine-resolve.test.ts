import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postEnrol } from "@/app/api/v1/quarantine/[id]/enrol/route"
import { asWorker } from "@/lib/base/db/transaction"
import { enrolTerminal } from "@/lib/intake/quarantine/enrol-terminal"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeatsOnce, minutesAgo, rowsOf } from "@/tests/support/ingest"
import {
  list,
  one,
  replayResponse,
  replay,
  replayAll,
  send,
  kept,
  strict,
  givenRejected,
  receivedDaysAgo,
} from "@/tests/support/quarantine"

useDatabase()

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
