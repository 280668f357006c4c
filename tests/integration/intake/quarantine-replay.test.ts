import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import type { ReplayedRecord } from "@/lib/intake/quarantine/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { answerOf, heartbeatsOnce, lines, minutesAgo, rowsOf, transactionsOnce } from "@/tests/support/ingest"
import {
  jsonOf,
  list,
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

const pan = "6212345678901232"

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
