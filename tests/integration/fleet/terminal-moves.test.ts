import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as move } from "@/app/api/v1/terminals/[id]/move/route"
import { PATCH as patchTerminal } from "@/app/api/v1/terminals/[id]/route"
import { POST as swap } from "@/app/api/v1/terminals/[id]/swap/route"
import { POST as changeTid } from "@/app/api/v1/terminals/[id]/tid/route"
import { POST as changeMany } from "@/app/api/v1/terminals/bulk/route"
import { POST as addTerminal } from "@/app/api/v1/terminals/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenTerminal } from "@/tests/support/factories"
import { minutesAgo } from "@/tests/support/ingest"
import { givenBatch } from "@/tests/support/raw"
import { givenFleet, send, done, terminalOf, auditEntries } from "@/tests/support/terminal-life"

useDatabase()

describe("a swap", () => {
  test("keeps the store's TID and history, and changes both terminals at one instant", async () => {
    const { orgId, first, second, manager } = await givenFleet()
    const old = await givenTerminal(orgId, { storeId: first })
    const { id: young } = (await done(
      send(addTerminal, manager, null, { serial: "SN-new", store: second, status: "spare" }),
    )) as { id: number }
    await done(
      send(swap, manager, old.terminalId, {
        replacement: young,
        oldStatus: "in_repair",
        oldStore: second,
        note: "Dead reader",
      }),
    )
    expect(await terminalOf(manager, old.terminalId)).toMatchObject({
      status: "in_repair",
      store: { id: second },
      tids: [],
    })
    expect(await terminalOf(manager, young)).toMatchObject({
      status: "active",
      store: { id: first },
      tids: [{ tid: old.tid }],
    })
    const tids = await asWorker((db) =>
      db.query<{ from_at: Date; to_at: Date | null }>(
        sql`select from_at, to_at from terminal_tid where org_id = ${orgId}::uuid order by from_at`,
      ),
    )
    const [before, after] = tids
    expect(tids).toHaveLength(2)
    expect(before?.to_at).toBeInstanceOf(Date)
    expect([before?.to_at, after?.to_at]).toEqual([after?.from_at, null])
    expect((await auditEntries(orgId)).map(({ action }) => action)).toEqual([
      "terminal.added",
      "terminal.swapped",
      "terminal.swapped",
    ])
  })

  test("is refused with a terminal that has a TID, with itself, and before newer records", async () => {
    const { orgId, first, manager } = await givenFleet()
    const [old, other] = [
      await givenTerminal(orgId, { storeId: first }),
      await givenTerminal(orgId, { storeId: first, status: "spare" }),
    ]
    const reasonOf = async (body: object) =>
      (
        (await (await send(swap, manager, old.terminalId, { oldStatus: "spare", ...body })).json()) as {
          reason: string
        }
      ).reason
    expect(await reasonOf({ replacement: other.terminalId })).toBe("holds_tid")
    expect(await reasonOf({ replacement: old.terminalId })).toBe("not_possible")
    await done(send(changeTid, manager, other.terminalId, { tid: other.tid, end: true }))
    await givenBatch(orgId, "heartbeat", [{ terminal_id: old.terminalId, at: minutesAgo(10) }])
    await foldAll()
    expect(await reasonOf({ replacement: other.terminalId, at: minutesAgo(20) })).toBe("has_records")
    await done(send(swap, manager, old.terminalId, { oldStatus: "spare", replacement: other.terminalId }))
  })
})

describe("a move that took effect in the past", () => {
  test("recounts the records since then for the new store, and db:check agrees", async () => {
    const { orgId, first, second, manager } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId, { storeId: first })
    const neighbour = await givenTerminal(orgId, { storeId: first })
    const minutes = [3000, 1500, 200, 100, 10]
    const sales = minutes.flatMap((ago) =>
      [terminalId, neighbour.terminalId].map((id) => ({
        terminal_id: id,
        at: minutesAgo(ago),
        id: String(ago),
        outcome: ago === 100 ? "failed" : "approved",
        entry_mode: "chip",
        ...(ago === 10 ? { clock_offset_ms: -3_600_000 } : {}),
      })),
    )
    await givenBatch(orgId, "transaction", sales)
    await givenBatch(
      orgId,
      "heartbeat",
      minutes.map((ago) => ({ terminal_id: terminalId, at: minutesAgo(ago), printer_lines: 9000 - ago })),
    )
    await foldAll()

    await done(send(move, manager, terminalId, { store: second, at: minutesAgo(1600) }))
    await foldAll()
    const counts = await asWorker((db) =>
      db.query(sql`
      select store_id, sum(raw_attempts)::int as attempts, sum(beats)::int as beats from terminal_day
      where terminal_id = ${terminalId}::bigint group by 1 order by 1`),
    )
    expect(counts).toEqual([
      { store_id: first, attempts: 1, beats: 1 },
      { store_id: second, attempts: 4, beats: 4 },
    ])
    const segments = await asWorker((db) =>
      db.query(sql`
      select store_id, sum(raw_attempts)::int as attempts from segment_day where org_id = ${orgId}::uuid
        and dimension = 'entryMode' group by 1 order by 1`),
    )
    expect(segments).toEqual([
      { store_id: 0, attempts: 10 },
      { store_id: first, attempts: 6 },
      { store_id: second, attempts: 4 },
    ])
    const today = localDay(new Date(), "Asia/Shanghai")
    expect(
      await checkRollups({ orgId, from: addDays(today, -4), to: addDays(today, 1), isRepair: false }),
    ).toEqual([])
  })

  test("is refused before the earliest day that can be recounted, and before the last move", async () => {
    const { orgId, first, second, manager } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId, { storeId: first })
    const ancient = await send(move, manager, terminalId, { store: second, at: minutesAgo(60 * 24 * 40) })
    expect([ancient.status, await ancient.json()]).toMatchObject([409, { reason: "beyond_retention" }])
    await done(send(move, manager, terminalId, { store: second, at: minutesAgo(60) }))
    const early = await send(move, manager, terminalId, { store: first, at: minutesAgo(61) })
    expect([early.status, await early.json()]).toMatchObject([409, { reason: "too_early" }])
  })
})

describe("many at once", () => {
  test("moves five thousand together, and names each that cannot move", async () => {
    const { orgId, first, second, manager } = await givenFleet()
    const rows = await asWorker((db) =>
      db.query<{ id: number }>(sql`
      with made as (insert into terminal (org_id, serial) select ${orgId}::uuid, 'BULK-' || n
        from generate_series(1, 4999) n returning id),
      placed as (insert into terminal_store (org_id, terminal_id, store_id, from_at) select ${orgId}::uuid,
        id, ${first}::bigint, '1970-01-01' from made),
      stated as (insert into terminal_status (org_id, terminal_id, status, from_at) select ${orgId}::uuid,
        id, 'active', '1970-01-01' from made)
      select id from made`),
    )
    const there = await givenTerminal(orgId, { storeId: second })
    const change = { kind: "move", store: second, note: "Refit" }
    const yesterday = await send(changeMany, manager, null, {
      terminals: { ids: rows.slice(0, 1001).map(({ id }) => id) },
      change: { ...change, at: minutesAgo(25 * 60) },
    })
    expect([yesterday.status, await yesterday.json()]).toMatchObject([
      413,
      { detail: expect.stringContaining("1,000 terminals times days") as string },
    ])
    const answer = await done(
      send(changeMany, manager, null, {
        terminals: { ids: [there.terminalId, ...rows.map(({ id }) => id)] },
        change,
      }),
    )
    expect(answer).toMatchObject({
      changed: 4999,
      refused: [{ id: there.terminalId, serial: there.serial, reason: "unchanged" }],
    })
    expect(
      await done(
        send(changeMany, manager, null, {
          terminals: { filter: { q: "BULK-1" } },
          change: { kind: "labels", add: ["refit"] },
        }),
      ),
    ).toMatchObject({ changed: 1111, refused: [] })
    expect(await auditEntries(orgId)).toHaveLength(4999 + 1111)
    await givenTerminal(orgId)
    expect((await send(changeMany, manager, null, { terminals: { filter: {} }, change })).status).toBe(413)
  })

  test("refuses a label too many for the terminal that would have it", async () => {
    const { orgId, manager } = await givenFleet()
    const [full, free] = [await givenTerminal(orgId), await givenTerminal(orgId)]
    await done(
      send(
        patchTerminal,
        manager,
        full.terminalId,
        { labels: Array.from({ length: 20 }, (_, i) => `label ${i}`) },
        "PATCH",
      ),
    )
    const ids = [full.terminalId, free.terminalId]
    expect(
      await done(
        send(changeMany, manager, null, { terminals: { ids }, change: { kind: "labels", add: ["more"] } }),
      ),
    ).toMatchObject({ changed: 1, refused: [{ serial: full.serial, reason: "too_many_labels" }] })
    expect(
      await done(
        send(changeMany, manager, null, {
          terminals: { ids },
          change: { kind: "labels", add: ["more"], remove: ["label 3"] },
        }),
      ),
    ).toMatchObject({ changed: 1, refused: [] })
  })
})
