import { describe, expect, test } from "vitest"
import { GET as getOne } from "@/app/api/v1/quarantine/[id]/route"
import { POST as postReplayAll } from "@/app/api/v1/quarantine/replay/route"
import { GET as getList } from "@/app/api/v1/quarantine/route"
import { deleteOldQuarantine } from "@/lib/intake/quarantine/delete-old-quarantine"
import { enrolTerminal } from "@/lib/intake/quarantine/enrol-terminal"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeats, lines, minutesAgo, rowsOf, transactionsOnce } from "@/tests/support/ingest"
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
