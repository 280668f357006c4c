import { describe, expect, test } from "vitest"
import * as acquirersRoute from "@/app/api/v1/acquirers/route"
import { POST as enrol } from "@/app/api/v1/terminals/[id]/enrol/route"
import { POST as move } from "@/app/api/v1/terminals/[id]/move/route"
import { PATCH as patchTerminal } from "@/app/api/v1/terminals/[id]/route"
import { POST as restate } from "@/app/api/v1/terminals/[id]/status/route"
import { POST as swap } from "@/app/api/v1/terminals/[id]/swap/route"
import { POST as changeTid } from "@/app/api/v1/terminals/[id]/tid/route"
import { POST as changeMany } from "@/app/api/v1/terminals/bulk/route"
import { GET as getTerminals, POST as addTerminal } from "@/app/api/v1/terminals/route"
import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker } from "@/lib/base/db/transaction"
import { addEntry } from "@/tests/support/catalogue"
import { useDatabase } from "@/tests/support/database"
import { givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { minutesAgo } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"
import { givenFleet, send, done, terminalOf, auditEntries } from "@/tests/support/terminal-life"

useDatabase()

describe("one terminal", () => {
  test("is added, and a second one with its serial number is refused", async () => {
    const { orgId, first, manager } = await givenFleet()
    const { id } = (await done(
      send(addTerminal, manager, null, {
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
    const again = await send(addTerminal, manager, null, { serial: "SN-1", store: first })
    expect([again.status, await again.json()]).toMatchObject([
      409,
      { detail: "A terminal SN-1 already exists." },
    ])
    const taken = await send(addTerminal, manager, null, { serial: "SN-2", store: first, tid: "T-1" })
    expect([taken.status, await taken.json()]).toMatchObject([409, { reason: "tid_taken" }])
    expect(await auditEntries(orgId)).toMatchObject([
      { action: "terminal.added", subject_name: "SN-1", after: { tids: ["T-1"], note: "Box 4" } },
    ])
  })

  test("a TID that another terminal has is refused whether or not either has an acquirer", async () => {
    const { first, manager } = await givenFleet()
    const acquirer = async (code: string) =>
      (await addEntry(acquirersRoute, manager.headers, { code, name: code })).id
    const acquirers = [await acquirer("lakala"), await acquirer("ums"), null]
    for (const [i, held] of acquirers.entries())
      for (const [k, asked] of acquirers.entries()) {
        const tid = `T-${i}${k}`
        const [holder, other] = [`HOLDS-${i}${k}`, `ASKS-${i}${k}`]
        const at = (acquirer: number | null) => (acquirer === null ? {} : { acquirer })
        await done(send(addTerminal, manager, null, { serial: holder, store: first, tid, ...at(held) }))
        const clashes = held === null || asked === null || held === asked
        const added = await send(addTerminal, manager, null, {
          serial: other,
          store: first,
          tid,
          ...at(asked),
        })
        const { reason, detail } = (await added.json()) as { reason?: string; detail?: string }
        expect([held, asked, added.status]).toEqual([held, asked, clashes ? 409 : 200])
        expect([reason, detail?.includes(holder)]).toEqual(
          clashes ? ["tid_taken", true] : [undefined, undefined],
        )
      }
  })

  test("is enrolled once, in the given store", async () => {
    const { orgId, first, second, manager } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId, { status: "pending", storeId: first })
    await done(send(enrol, manager, terminalId, { store: second, note: "Opening day" }))
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
    const again = await send(enrol, manager, terminalId, {})
    expect([again.status, await again.json()]).toMatchObject([409, { reason: "not_pending" }])
  })

  test.each([
    ["a retired one that becomes active", "retired", "active", "not_possible"],
    ["one that has the status already", "spare", "spare", "unchanged"],
    ["a pending one that goes to repair", "pending", "in_repair", "not_possible"],
  ])("refuses to change %s", async (_what, status, to, reason) => {
    const { orgId, manager } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId, { status })
    const answer = await send(restate, manager, terminalId, { status: to })
    expect([answer.status, await answer.json()]).toMatchObject([409, { reason }])
  })

  test("loses its TIDs when it retires, and another can get them", async () => {
    const { orgId, manager } = await givenFleet()
    const [old, young] = [await givenTerminal(orgId), await givenTerminal(orgId)]
    expect((await send(changeTid, manager, young.terminalId, { tid: old.tid })).status).toBe(409)
    await done(send(restate, manager, old.terminalId, { status: "retired" }))
    await done(send(changeTid, manager, young.terminalId, { tid: old.tid }))
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
    expect((await send(move, manager, terminalId, { store: second, at: minutesAgo(-60) })).status).toBe(422)
    await done(send(changeTid, manager, terminalId, { tid, end: true, at: minutesAgo(30) }))
    expect((await terminalOf(manager, terminalId)).tids).toEqual([])
    await done(send(restate, manager, terminalId, { status: "in_repair", at: minutesAgo(60) }))
    const early = await send(restate, manager, terminalId, { status: "spare", at: minutesAgo(90) })
    expect([early.status, await early.json()]).toMatchObject([409, { reason: "too_early" }])
    expect((await send(changeTid, manager, terminalId, { tid, at: minutesAgo(40) })).status).toBe(409)
  })

  test("changes labels, model and code system", async () => {
    const { orgId, manager } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId)
    await done(
      send(patchTerminal, manager, terminalId, { labels: ["pilot"], codeSystem: "unionpay" }, "PATCH"),
    )
    expect(await terminalOf(manager, terminalId)).toMatchObject({ labels: ["pilot"], codeSystem: "unionpay" })
    const list = await (
      await call(getTerminals, "/api/v1/terminals?label=pilot", { headers: manager.headers })
    ).json()
    expect(list).toMatchObject({ total: 1, data: [{ id: terminalId, labels: ["pilot"] }] })
    expect(await auditEntries(orgId)).toMatchObject([
      {
        action: "terminal.changed",
        before: { labels: [], codeSystem: null },
        after: { labels: ["pilot"], codeSystem: "unionpay" },
      },
    ])
  })
})

test("an actor limited to one store can neither change terminals elsewhere nor move any there", async () => {
  const { orgId, first, second } = await givenFleet()
  const [own, other] = [
    await givenTerminal(orgId, { storeId: first }),
    await givenTerminal(orgId, { storeId: second }),
  ]
  const limited = await givenPerson(orgId, "manager", { stores: [first] })
  expect((await send(restate, limited, other.terminalId, { status: "spare" })).status).toBe(404)
  expect((await send(move, limited, own.terminalId, { store: second })).status).toBe(422)
  expect(
    (await send(swap, limited, own.terminalId, { replacement: other.terminalId, oldStatus: "spare" })).status,
  ).toBe(422)
  expect(
    await done(
      send(changeMany, limited, null, {
        terminals: { ids: [own.terminalId, other.terminalId] },
        change: { kind: "status", status: "spare" },
      }),
    ),
  ).toMatchObject({ changed: 1, refused: [{ id: other.terminalId, serial: null, reason: "not_found" }] })
  const taken = await send(changeTid, limited, own.terminalId, { tid: other.tid })
  expect(await taken.json()).toMatchObject({
    detail: expect.stringContaining("Another terminal has the TID"),
  })
})

test("labels, purchase, model, TID and status can change while the fold runs", async () => {
  const { orgId, manager } = await givenFleet()
  const { terminalId } = await givenTerminal(orgId)
  const many = (change: object) =>
    send(changeMany, manager, null, { terminals: { ids: [terminalId] }, change })
  await asWorker(async (db) => {
    await takeFoldLock(db, orgId)
    await done(many({ kind: "labels", add: ["counter"] }))
    await done(many({ kind: "purchase", boughtOn: "2026-03-01" }))
    await done(many({ kind: "status", status: "spare" }))
    await done(send(patchTerminal, manager, terminalId, { labels: ["till"], model: null }, "PATCH"))
    await done(send(changeTid, manager, terminalId, { tid: "T-while-folding" }))
  })
  expect(await terminalOf(manager, terminalId)).toMatchObject({
    labels: ["till"],
    status: "spare",
  })
})
