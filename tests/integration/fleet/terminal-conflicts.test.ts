import fc from "fast-check"
import pg from "pg"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { POST as move } from "@/app/api/v1/terminals/[id]/move/route"
import { POST as restate } from "@/app/api/v1/terminals/[id]/status/route"
import { POST as swap } from "@/app/api/v1/terminals/[id]/swap/route"
import { POST as changeTid } from "@/app/api/v1/terminals/[id]/tid/route"
import { POST as changeMany } from "@/app/api/v1/terminals/bulk/route"
import { systemActor } from "@/lib/access/actor/actor"
import { asWorker } from "@/lib/base/db/transaction"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import { isCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { answerOf, heartbeats, lines, minutesAgo } from "@/tests/support/ingest"
import { waitingLocks } from "@/tests/support/node-locks"
import { givenFleet, send, terminalOf } from "@/tests/support/terminal-life"

useDatabase()

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
            move: () => send(move, manager, idOf(terminal), { store: stores[store], ...when }),
            status: () => send(restate, manager, idOf(terminal), { status, ...when }),
            tid: () => send(changeTid, manager, idOf(terminal), { tid: `T${tid}`, ...when }),
            endTid: () => send(changeTid, manager, idOf(terminal), { tid: `T${tid}`, end: true, ...when }),
            swap: () =>
              send(swap, manager, idOf(terminal), {
                replacement: idOf(other),
                oldStatus: "spare",
                ...when,
              }),
            many: () =>
              send(changeMany, manager, null, {
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
    // On a cluster a writer waits for an advisory lock of the copied table.
    const isWaiting = () => waitingLocks("locktype in ('transactionid', 'advisory')")
    await expect.poll(isWaiting, { timeout: 10_000 }).toBeGreaterThan(0)
    await rival.query("commit")
    return answer
  }
  const byHand = await beside("T-1", () => send(changeTid, manager, second.terminalId, { tid: "T-1" }))
  // On a cluster the request waits before it looks who has the TID.
  const reason = isCluster() ? "tid_taken" : "changed_meanwhile"
  expect([byHand.status, await byHand.json()]).toMatchObject([409, { reason }])
  await beside("T-2", () =>
    upsertTerminals({ actor: systemActor(orgId), entries: [{ serial: second.serial, tid: "T-2" }] }),
  )
  expect((await terminalOf(manager, second.terminalId)).tids).toContainEqual({ tid: "T-2", acquirer: null })
  await rival.end()
})

test("of requests at once for one TID, with and without acquirer, one gets it", async () => {
  const { orgId, manager } = await givenFleet()
  const [added] = await asWorker((db) =>
    db.query<{ id: number }>(sql`
      insert into acquirer (org_id, code, name) values (${orgId}::uuid, 'bank', 'Bank') returning id`),
  )
  const acquirer = added?.id
  for (const tid of ["AB-1", "AB-2", "AB-3"]) {
    const asked = [
      { tid },
      { tid, acquirer },
      { tid: tid.toLowerCase() },
      { tid: tid.toLowerCase(), acquirer },
    ]
    const statuses = await Promise.all(
      asked.map(async (body) => {
        const { terminalId } = await givenTerminal(orgId)
        return (await send(changeTid, manager, terminalId, body)).status
      }),
    )
    expect(statuses.toSorted()).toEqual([200, 409, 409, 409])
  }
})

test("a heartbeat brings no TID that a request is giving to a terminal at an acquirer", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { terminalId } = await givenTerminal(orgId)
  const rival = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
  await rival.connect()
  await rival.query("begin")
  await rival.query("select pg_advisory_xact_lock(hashtext('tillwatch:master-data:' || $1))", [orgId])
  await rival.query(
    `with bank as (insert into acquirer (org_id, code, name) values ($1, 'bank', 'Bank') returning id)
     insert into terminal_tid (org_id, terminal_id, tid, acquirer_id, from_at)
     select $1, $2, 'AB-1', id, now() - interval '1 minute' from bank`,
    [orgId, terminalId],
  )
  const beats = heartbeats({
    key: ingestKey,
    body: lines([
      { terminal: "NEW-1", tid: "ab-1", at: minutesAgo(1) },
      { terminal: "NEW-2", tid: "AB-2", at: minutesAgo(1) },
      { terminal: "NEW-3", tid: "ab-2", at: minutesAgo(1) },
    ]),
  })
  await expect.poll(() => waitingLocks("locktype = 'advisory'"), { timeout: 10_000 }).toBeGreaterThan(0)
  await rival.query("commit")
  await rival.end()
  expect(await answerOf(await beats)).toMatchObject({ accepted: 3 })
  const held = await asWorker((db) =>
    db.query<{ serial: string; tid: string }>(sql`
      select t.serial, a.tid from terminal_tid a join terminal t on t.id = a.terminal_id
       where a.org_id = ${orgId}::uuid and t.serial like 'NEW%'`),
  )
  expect(held).toEqual([{ serial: "NEW-2", tid: "AB-2" }])
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
  ).rejects.toMatchObject({ constraint: "terminal_store_no_overlap" })
})
