import fc from "fast-check"
import pg from "pg"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as enrol } from "@/app/api/v1/terminals/[id]/enrol/route"
import { POST as move } from "@/app/api/v1/terminals/[id]/move/route"
import { GET as getTerminal, PATCH as patchTerminal } from "@/app/api/v1/terminals/[id]/route"
import { POST as restate } from "@/app/api/v1/terminals/[id]/status/route"
import { POST as swap } from "@/app/api/v1/terminals/[id]/swap/route"
import { POST as changeTid } from "@/app/api/v1/terminals/[id]/tid/route"
import { POST as changeMany } from "@/app/api/v1/terminals/bulk/route"
import { GET as getTerminals, POST as addTerminal } from "@/app/api/v1/terminals/route"
import { systemActor } from "@/lib/access/actor/actor"
import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import type { Terminal } from "@/lib/fleet/terminals/schemas"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { minutesAgo } from "@/tests/support/ingest"
import { givenPerson, type Person } from "@/tests/support/people"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

type Handler = Parameters<typeof call>[0]

async function givenFleet() {
  const { orgId } = await givenOrganisation()
  const [first, second] = [await givenStore(orgId), await givenStore(orgId)]
  return { orgId, first: first.storeId, second: second.storeId, manager: await givenPerson(orgId, "manager") }
}

const post = (route: Handler, by: Person, terminalId: number | null, body: object, method = "POST") =>
  call(route, "/api/v1/terminals", {
    method,
    headers: { ...by.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
    params: terminalId === null ? {} : { id: String(terminalId) },
  })

async function done(answer: Promise<Response>): Promise<unknown> {
  const response = await answer
  const body: unknown = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status: 200 })
  return body
}

const terminalOf = async (by: Person, id: number) =>
  (
    await call(getTerminal, "/api/v1/terminals/x", { headers: by.headers, params: { id: String(id) } })
  ).json() as Promise<Terminal>

const entries = (orgId: string) =>
  asWorker((db) =>
    db.query<{ action: string; subject_name: string; before: object | null; after: object | null }>(sql`
  select action, subject_name, before, after from audit_entry where org_id = ${orgId}::uuid order by id`),
  )

/** Pairs of assignments that overlap, in any table. */
const overlaps = (orgId: string) =>
  asWorker((db) =>
    db.query(sql`
  select 'store' as kind, a.id, b.id from terminal_store a join terminal_store b on a.id < b.id
    and a.terminal_id = b.terminal_id
   where a.org_id = ${orgId}::uuid and tstzrange(a.from_at, a.to_at) && tstzrange(b.from_at, b.to_at)
  union all
  select 'status', a.id, b.id from terminal_status a join terminal_status b on a.id < b.id
    and a.terminal_id = b.terminal_id
   where a.org_id = ${orgId}::uuid and tstzrange(a.from_at, a.to_at) && tstzrange(b.from_at, b.to_at)
  union all
  select 'tid', a.id, b.id from terminal_tid a join terminal_tid b on a.id < b.id and a.tid = b.tid
    and a.org_id = b.org_id and a.acquirer_id is not distinct from b.acquirer_id
   where a.org_id = ${orgId}::uuid and tstzrange(a.from_at, a.to_at) && tstzrange(b.from_at, b.to_at)`),
  )

/** Terminals without exactly one store and one status. */
const unplaced = (orgId: string) =>
  asWorker((db) =>
    db.query(sql`
  select t.serial from terminal t where t.org_id = ${orgId}::uuid
     and ((select count(*) from terminal_store p where p.terminal_id = t.id and p.to_at is null) <> 1
       or (select count(*) from terminal_status u where u.terminal_id = t.id and u.to_at is null) <> 1)`),
  )

describe("one terminal", () => {
  test("is added, and a second one with its serial number is refused", async () => {
    const { orgId, first, manager } = await givenFleet()
    const { id } = (await done(
      post(addTerminal, manager, null, {
        serial: "SN-1",
        store: first,
        tid: "T-1",
        status: "spare",
        labels: ["b", "a", "b"],
        note: "Box 4",
      }),
    )) as { id: number }
    expect(await terminalOf(manager, id)).toMatchObject({
      serial: "SN-1",
      tid: "T-1",
      status: "spare",
      store: { id: first },
      labels: ["a", "b"],
    })
    const again = await post(addTerminal, manager, null, { serial: "SN-1", store: first })
    expect([again.status, await again.json()]).toMatchObject([
      409,
      { detail: "A terminal SN-1 already exists." },
    ])
    const taken = await post(addTerminal, manager, null, { serial: "SN-2", store: first, tid: "T-1" })
    expect([taken.status, await taken.json()]).toMatchObject([409, { reason: "tid_taken" }])
    expect(await entries(orgId)).toMatchObject([
      { action: "terminal.added", subject_name: "SN-1", after: { tids: ["T-1"], note: "Box 4" } },
    ])
  })

  test("is enrolled once, in the given store", async () => {
    const { orgId, first, second, manager } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId, { status: "pending", storeId: first })
    await done(post(enrol, manager, terminalId, { store: second, note: "Opening day" }))
    const { status, store, history } = await terminalOf(manager, terminalId)
    expect({ status, store: store.id }).toEqual({ status: "active", store: second })
    expect(
      history
        .filter(({ toAt, note }) => toAt === null && note === "Opening day")
        .map(({ kind, byName }) => [kind, byName]),
    ).toEqual([
      ["status", manager.email],
      ["store", manager.email],
    ])
    const again = await post(enrol, manager, terminalId, {})
    expect([again.status, await again.json()]).toMatchObject([409, { reason: "not_pending" }])
  })

  test.each([
    ["a retired one that becomes active", "retired", "active", "not_possible"],
    ["one that has the status already", "spare", "spare", "unchanged"],
    ["a pending one that goes to repair", "pending", "in_repair", "not_possible"],
  ])("refuses to change %s", async (_what, status, to, reason) => {
    const { orgId, manager } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId, { status })
    const answer = await post(restate, manager, terminalId, { status: to })
    expect([answer.status, await answer.json()]).toMatchObject([409, { reason }])
  })

  test("loses its TIDs when it retires, and another can get them", async () => {
    const { orgId, manager } = await givenFleet()
    const [old, young] = [await givenTerminal(orgId), await givenTerminal(orgId)]
    expect((await post(changeTid, manager, young.terminalId, { tid: old.tid })).status).toBe(409)
    await done(post(restate, manager, old.terminalId, { status: "retired" }))
    await done(post(changeTid, manager, young.terminalId, { tid: old.tid }))
    expect((await terminalOf(manager, old.terminalId)).tids).toEqual([])
    expect((await terminalOf(manager, young.terminalId)).tids).toEqual([{ tid: old.tid, acquirer: null }])
    const { history } = await terminalOf(manager, young.terminalId)
    expect(
      history.filter(({ kind }) => kind === "tid").map(({ value, toAt }) => [value, toAt === null]),
    ).toEqual([
      [old.tid, true],
      [young.tid, false],
    ])
  })

  test("can end its TID, but not in the future or too early", async () => {
    const { orgId, second, manager } = await givenFleet()
    const { terminalId, tid } = await givenTerminal(orgId)
    expect((await post(move, manager, terminalId, { store: second, at: minutesAgo(-60) })).status).toBe(422)
    await done(post(changeTid, manager, terminalId, { tid, end: true, at: minutesAgo(30) }))
    expect((await terminalOf(manager, terminalId)).tids).toEqual([])
    await done(post(restate, manager, terminalId, { status: "in_repair", at: minutesAgo(60) }))
    const early = await post(restate, manager, terminalId, { status: "spare", at: minutesAgo(90) })
    expect([early.status, await early.json()]).toMatchObject([409, { reason: "too_early" }])
    expect((await post(changeTid, manager, terminalId, { tid, at: minutesAgo(40) })).status).toBe(409)
  })

  test("changes labels, model and code system", async () => {
    const { orgId, manager } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId)
    await done(
      post(patchTerminal, manager, terminalId, { labels: ["pilot"], codeSystem: "unionpay" }, "PATCH"),
    )
    expect(await terminalOf(manager, terminalId)).toMatchObject({ labels: ["pilot"], codeSystem: "unionpay" })
    const list = await (
      await call(getTerminals, "/api/v1/terminals?label=pilot", { headers: manager.headers })
    ).json()
    expect(list).toMatchObject({ total: 1, data: [{ id: terminalId, labels: ["pilot"] }] })
    expect(await entries(orgId)).toMatchObject([
      {
        action: "terminal.changed",
        before: { labels: [], codeSystem: null },
        after: { labels: ["pilot"], codeSystem: "unionpay" },
      },
    ])
  })
})

describe("a swap", () => {
  test("keeps the store's TID and history, and changes both terminals at one instant", async () => {
    const { orgId, first, second, manager } = await givenFleet()
    const old = await givenTerminal(orgId, { storeId: first })
    const { id: young } = (await done(
      post(addTerminal, manager, null, { serial: "SN-new", store: second, status: "spare" }),
    )) as { id: number }
    await done(
      post(swap, manager, old.terminalId, {
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
    expect((await entries(orgId)).map(({ action }) => action)).toEqual([
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
        (await (await post(swap, manager, old.terminalId, { oldStatus: "spare", ...body })).json()) as {
          reason: string
        }
      ).reason
    expect(await reasonOf({ replacement: other.terminalId })).toBe("holds_tid")
    expect(await reasonOf({ replacement: old.terminalId })).toBe("not_possible")
    await done(post(changeTid, manager, other.terminalId, { tid: other.tid, end: true }))
    await givenBatch(orgId, "heartbeat", [{ terminal_id: old.terminalId, at: minutesAgo(10) }])
    await foldAll()
    expect(await reasonOf({ replacement: other.terminalId, at: minutesAgo(20) })).toBe("has_records")
    await done(post(swap, manager, old.terminalId, { oldStatus: "spare", replacement: other.terminalId }))
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

    await done(post(move, manager, terminalId, { store: second, at: minutesAgo(1600) }))
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
    const ancient = await post(move, manager, terminalId, { store: second, at: minutesAgo(60 * 24 * 40) })
    expect([ancient.status, await ancient.json()]).toMatchObject([409, { reason: "beyond_retention" }])
    await done(post(move, manager, terminalId, { store: second, at: minutesAgo(60) }))
    const early = await post(move, manager, terminalId, { store: first, at: minutesAgo(61) })
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
    const yesterday = await post(changeMany, manager, null, {
      terminals: { ids: rows.slice(0, 1001).map(({ id }) => id) },
      change: { ...change, at: minutesAgo(25 * 60) },
    })
    expect([yesterday.status, await yesterday.json()]).toMatchObject([
      413,
      { detail: expect.stringContaining("1,000 terminals times days") as string },
    ])
    const answer = await done(
      post(changeMany, manager, null, {
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
        post(changeMany, manager, null, {
          terminals: { filter: { q: "BULK-1" } },
          change: { kind: "labels", add: ["refit"] },
        }),
      ),
    ).toMatchObject({ changed: 1111, refused: [] })
    expect(await entries(orgId)).toHaveLength(4999 + 1111)
    await givenTerminal(orgId)
    expect((await post(changeMany, manager, null, { terminals: { filter: {} }, change })).status).toBe(413)
  })

  test("refuses a label too many for the terminal that would have it", async () => {
    const { orgId, manager } = await givenFleet()
    const [full, free] = [await givenTerminal(orgId), await givenTerminal(orgId)]
    await done(
      post(
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
        post(changeMany, manager, null, { terminals: { ids }, change: { kind: "labels", add: ["more"] } }),
      ),
    ).toMatchObject({ changed: 1, refused: [{ serial: full.serial, reason: "too_many_labels" }] })
    expect(
      await done(
        post(changeMany, manager, null, {
          terminals: { ids },
          change: { kind: "labels", add: ["more"], remove: ["label 3"] },
        }),
      ),
    ).toMatchObject({ changed: 1, refused: [] })
  })
})

test("an actor limited to one store can neither change terminals elsewhere nor move any there", async () => {
  const { orgId, first, second } = await givenFleet()
  const [own, other] = [
    await givenTerminal(orgId, { storeId: first }),
    await givenTerminal(orgId, { storeId: second }),
  ]
  const limited = await givenPerson(orgId, "manager", { stores: [first] })
  expect((await post(restate, limited, other.terminalId, { status: "spare" })).status).toBe(404)
  expect((await post(move, limited, own.terminalId, { store: second })).status).toBe(422)
  expect(
    (await post(swap, limited, own.terminalId, { replacement: other.terminalId, oldStatus: "spare" })).status,
  ).toBe(422)
  expect(
    await done(
      post(changeMany, limited, null, {
        terminals: { ids: [own.terminalId, other.terminalId] },
        change: { kind: "status", status: "spare" },
      }),
    ),
  ).toMatchObject({ changed: 1, refused: [{ id: other.terminalId, serial: null, reason: "not_found" }] })
  const taken = await post(changeTid, limited, own.terminalId, { tid: other.tid })
  expect(await taken.json()).toMatchObject({
    detail: expect.stringContaining("Another terminal has the TID"),
  })
})

const choice = (count: number) => fc.nat(count - 1)
const verb = fc.record({
  kind: fc.constantFrom("move", "status", "tid", "endTid", "swap", "many"),
  terminal: choice(4),
  other: choice(4),
  store: choice(3),
  status: fc.constantFrom(...terminalStatuses.filter((status) => status !== "pending")),
  tid: choice(3),
  minutesAgo: fc.option(choice(120)),
})

test("random changes, also at once, never make assignments overlap or leave gaps", async () => {
  const { orgId, first, second, manager } = await givenFleet()
  const stores = [first, second, (await givenStore(orgId)).storeId]
  let doneCount = 0
  await fc.assert(
    fc.asyncProperty(fc.array(verb, { minLength: 8, maxLength: 14 }), async (verbs) => {
      const ids = await Promise.all(
        [0, 1, 2, 3].map(async () => (await givenTerminal(orgId, { storeId: first })).terminalId),
      )
      const idOf = (index: number) => ids[index] ?? 0
      const statuses = await Promise.all(
        verbs.map(async ({ kind, terminal, other, store, status, tid, minutesAgo: ago }) => {
          const when = ago === null ? {} : { at: minutesAgo(ago) }
          const answer = await {
            move: () => post(move, manager, idOf(terminal), { store: stores[store], ...when }),
            status: () => post(restate, manager, idOf(terminal), { status, ...when }),
            tid: () => post(changeTid, manager, idOf(terminal), { tid: `T${tid}`, ...when }),
            endTid: () => post(changeTid, manager, idOf(terminal), { tid: `T${tid}`, end: true, ...when }),
            swap: () =>
              post(swap, manager, idOf(terminal), { replacement: idOf(other), oldStatus: "spare", ...when }),
            many: () =>
              post(changeMany, manager, null, {
                terminals: { ids },
                change: { kind: "status", status, ...when },
              }),
          }[kind]()
          return answer.status
        }),
      )
      doneCount += statuses.filter((code) => code === 200).length
      expect(statuses.filter((code) => ![200, 409].includes(code))).toEqual([])
      expect(await overlaps(orgId)).toEqual([])
      expect(await unplaced(orgId)).toEqual([])
    }),
    { numRuns: 12 },
  )
  expect(doneCount).toBeGreaterThan(30)
})

test("labels, purchase, model, TID and status can change while the fold runs", async () => {
  const { orgId, manager } = await givenFleet()
  const { terminalId } = await givenTerminal(orgId)
  const many = (change: object) =>
    post(changeMany, manager, null, { terminals: { ids: [terminalId] }, change })
  await asWorker(async (db) => {
    await takeFoldLock(db, orgId)
    await done(many({ kind: "labels", add: ["counter"] }))
    await done(many({ kind: "purchase", boughtOn: "2026-03-01" }))
    await done(many({ kind: "status", status: "spare" }))
    await done(post(patchTerminal, manager, terminalId, { labels: ["till"], model: null }, "PATCH"))
    await done(post(changeTid, manager, terminalId, { tid: "T-while-folding" }))
  })
  expect(await terminalOf(manager, terminalId)).toMatchObject({
    labels: ["till"],
    status: "spare",
  })
})

test("a TID that another transaction assigns is a conflict; a vendor's request is retried", async () => {
  const { orgId, manager } = await givenFleet()
  const [first, second] = [await givenTerminal(orgId), await givenTerminal(orgId)]
  const rival = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
  await rival.connect()
  const beside = async <T>(tid: string, run: () => Promise<T>): Promise<T> => {
    await rival.query("begin")
    await rival.query(
      `insert into terminal_tid (org_id, terminal_id, tid, from_at)
       values ($1, $2, $3, now() - interval '1 minute')`,
      [orgId, first.terminalId, tid],
    )
    const answer = run()
    await expect
      .poll(
        async () =>
          (await rival.query("select 1 from pg_locks where locktype = 'transactionid' and not granted"))
            .rowCount,
        { timeout: 10_000 },
      )
      .toBe(1)
    await rival.query("commit")
    return answer
  }
  const byHand = await beside("T-1", () => post(changeTid, manager, second.terminalId, { tid: "T-1" }))
  expect([byHand.status, await byHand.json()]).toMatchObject([409, { reason: "changed_meanwhile" }])
  await beside("T-2", () =>
    upsertTerminals({ actor: systemActor(orgId), entries: [{ serial: second.serial, tid: "T-2" }] }),
  )
  expect((await terminalOf(manager, second.terminalId)).tids).toContainEqual({ tid: "T-2", acquirer: null })
  await rival.end()
})

test("the database refuses overlapping assignments from any writer", async () => {
  const { orgId, second } = await givenFleet()
  const { terminalId } = await givenTerminal(orgId)
  await expect(
    asWorker((db) =>
      db.query(sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at, to_at)
    values (${orgId}::uuid, ${terminalId}::bigint, ${second}::bigint, '2026-01-01', '2026-01-02')`),
    ),
  ).rejects.toThrow(/terminal_store_no_overlap/)
})
