import { describe, expect, test } from "vitest"
import { DELETE as deleteWindow, PUT as putWindow } from "@/app/api/v1/maintenance-windows/[id]/route"
import { GET as getWindows, POST as postWindow } from "@/app/api/v1/maintenance-windows/route"
import { POST as postMove } from "@/app/api/v1/terminals/[id]/move/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { systemActor } from "@/lib/access/actor/actor"
import { asWorker } from "@/lib/base/db/transaction"
import { clockText } from "@/lib/base/time/zone"
import type { Window, WindowPage } from "@/lib/fleet/maintenance/schemas"
import { deleteStore } from "@/lib/fleet/stores/delete-store"
import type { TerminalPage } from "@/lib/fleet/terminals/schemas"
import { emptyState } from "@/lib/insight/engine/state"
import { keepFlags } from "@/lib/insight/nights/keep-flags"
import { openFlags } from "@/lib/insight/nights/open-flags"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen, detect, flagsOf, givenBeats, minute } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

const zone = "Asia/Shanghai"
/** Now and some minutes, by the stores' clock. */
const clockIn = (minutes: number) =>
  clockText(new Date(Date.now() + minutes * minute), zone).replace(" ", "T")

/** A night whose engine has no flags. */
const nightWithoutFlags = {
  day: "2026-11-30",
  zone,
  terminals: [],
  result: {
    state: emptyState(),
    flagsOpened: [],
    flagsClosed: [],
    incidentsOpened: [],
    incidentsClosed: [],
    pValues: [],
    alarms: [],
    ruledOut: new Map(),
    rehearsed: [],
  },
}

type Headers = Record<string, string>
const send = (route: Parameters<typeof call>[0], headers: Headers, body: object | null, id?: number) =>
  call(route, "/api/v1/maintenance-windows", {
    method: body ? "POST" : "DELETE",
    headers: { ...headers, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(id === undefined ? {} : { params: { id: String(id) } }),
  })
const windowOf = (place: object, from: number, to: number) => ({
  reason: "New router",
  place,
  starts: clockIn(from),
  ends: clockIn(to),
})

async function givenFleet() {
  const { orgId, readKey } = await givenOrganisation()
  const { headers } = await givenPerson(orgId, "planner")
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  const add = async (place: object, from: number, to: number): Promise<Window> => {
    const answer = await send(postWindow, headers, windowOf(place, from, to))
    expect(await answer.clone().text()).toContain(`"id"`)
    return (await answer.json()) as Window
  }
  return { orgId, readKey, headers, storeId, terminalId, add }
}

describe("a maintenance window", () => {
  test("of a store keeps a silent terminal from being flagged, and the silence after it counts", async () => {
    const { orgId, readKey, storeId, terminalId, add } = await givenFleet()
    await givenBeats(orgId, terminalId, { until: 180 })
    const listed = async () => {
      const answer = await call(getTerminals, "/api/v1/terminals", { key: readKey })
      return ((await answer.json()) as TerminalPage).data
    }
    expect(await listed()).toMatchObject([{ id: terminalId, isInMaintenance: false }])
    await add({ kind: "store", id: storeId }, -240, 30)
    await detect(orgId, 3)
    expect((await flagsOf(readKey)).data).toEqual([])
    // Its silence does not count, and the list says why.
    expect(await listed()).toMatchObject([{ onlineState: "online", isInMaintenance: true }])
    await detect(orgId, 3, 30 + 119)
    expect((await flagsOf(readKey)).data).toEqual([])
    await detect(orgId, 3, 30 + 122)
    expect((await flagsOf(readKey)).data).toMatchObject([{ rule: "silent", mutedUntil: null }])
  })

  test("of another store, which the terminal has left, does nothing for it", async () => {
    const { orgId, readKey, headers, storeId, terminalId, add } = await givenFleet()
    const other = await givenStore(orgId, { openingHours: alwaysOpen })
    await add({ kind: "store", id: storeId }, -240, 600)
    await givenBeats(orgId, terminalId, { until: 180 })
    await detect(orgId, 2)
    expect((await flagsOf(readKey)).data).toEqual([])
    const manager = await givenPerson(orgId, "manager")
    const moved = await call(postMove, `/api/v1/terminals/${terminalId}/move`, {
      headers: { ...headers, ...manager.headers, "content-type": "application/json" },
      body: JSON.stringify({ store: other.storeId }),
      params: { id: String(terminalId) },
    })
    expect(moved.status).toBe(200)
    await detect(orgId, 3, 5)
    expect((await flagsOf(readKey)).data).toMatchObject([{ rule: "silent" }])
  })

  test("mutes open flags, which nothing closes meanwhile, and ended early it mutes none", async () => {
    const { orgId, readKey, headers, terminalId, add } = await givenFleet()
    await givenBeats(orgId, terminalId, { fields: { reader_ok: false } })
    await detect(orgId, 2)
    const { id } = await add({ kind: "organisation" }, -60, 60)
    await givenBeats(orgId, terminalId, { until: 0, count: 1, fields: { reader_ok: true } })
    await detect(orgId, 4)
    expect((await flagsOf(readKey, "?snoozed=hide")).data).toEqual([])
    expect((await flagsOf(readKey, "?snoozed=only")).data).toMatchObject([
      { rule: "self_check", status: "open", mutedUntil: expect.any(String) },
    ])
    expect((await send(deleteWindow, headers, null, id)).status).toBe(200)
    expect((await send(deleteWindow, headers, null, id)).status).toBe(409)
    await detect(orgId, 1, 1)
    expect((await flagsOf(readKey, "?snoozed=hide")).data).toMatchObject([{ rule: "self_check" }])
    await detect(orgId, 2, 3)
    expect((await flagsOf(readKey)).data).toEqual([])
  })

  test("that begins later mutes flags from then on, and drops what was only seen once", async () => {
    const { orgId, readKey, terminalId, add } = await givenFleet()
    await add({ kind: "terminal", id: terminalId }, 2, 60)
    await givenBeats(orgId, terminalId, { fields: { reader_ok: false } })
    await detect(orgId, 1)
    await detect(orgId, 3, 10)
    expect((await flagsOf(readKey)).data).toEqual([])
    await detect(orgId, 1, 61)
    expect((await flagsOf(readKey)).data).toEqual([])
    await detect(orgId, 1, 62)
    expect((await flagsOf(readKey)).data).toMatchObject([{ rule: "self_check" }])
  })

  test("keeps the nights from opening a flag and from closing it, but not for ever", async () => {
    const { orgId, storeId, terminalId, add } = await givenFleet()
    await add({ kind: "store", id: storeId }, -60, 60)
    const open = (at: Date) =>
      asWorker((db) =>
        openFlags(db, {
          orgId,
          at,
          flags: [
            { rule: "chip_reader", terminal_id: terminalId, store_id: storeId, since_at: at, reasons: [] },
          ],
        }),
      )
    const close = (at: Date) => asWorker((db) => keepFlags(db, { ...nightWithoutFlags, orgId, at }))
    const later = new Date(Date.now() + 61 * minute)
    expect(await open(new Date())).toBe(0)
    expect(await open(later)).toBe(1)
    expect(await close(new Date())).toEqual({ flagsOpened: 0, flagsClosed: 0 })
    expect(await close(later)).toEqual({ flagsOpened: 0, flagsClosed: 1 })
  })

  test("is past when its store is deleted", async () => {
    const { orgId, readKey, add } = await givenFleet()
    const { storeId } = await givenStore(orgId)
    const { id } = await add({ kind: "store", id: storeId }, -60, 60)
    await deleteStore({ actor: systemActor(orgId), storeId })
    const past = await call(getWindows, "/api/v1/maintenance-windows?state=past", { key: readKey })
    expect(((await past.json()) as WindowPage).data).toMatchObject([
      { id, next: null, place: { kind: "store", name: null } },
    ])
  })
})

test("who sees one store decides for it and its terminals, and reads what else concerns it", async () => {
  const { orgId, storeId, terminalId, add } = await givenFleet()
  const other = await givenTerminal(orgId)
  const own = await add({ kind: "store", id: storeId }, 60, 120)
  const wide = await add({ kind: "organisation" }, 60, 120)
  const foreign = await add({ kind: "store", id: other.storeId }, 60, 120)
  const { headers } = await givenPerson(orgId, "planner", { stores: [storeId] })
  const { data } = (await (
    await call(getWindows, "/api/v1/maintenance-windows", { headers })
  ).json()) as WindowPage
  expect(data.map(({ id }) => id)).toEqual([wide.id, own.id])
  const statusOf = async (place: object) => (await send(postWindow, headers, windowOf(place, 60, 120))).status
  expect(await statusOf({ kind: "organisation" })).toBe(403)
  expect(await statusOf({ kind: "store", id: other.storeId })).toBe(404)
  expect(await statusOf({ kind: "terminal", id: other.terminalId })).toBe(404)
  expect(await statusOf({ kind: "terminal", id: terminalId })).toBe(200)
  expect((await send(deleteWindow, headers, null, foreign.id)).status).toBe(404)
  expect((await send(deleteWindow, headers, null, wide.id)).status).toBe(403)
  const viewer = await givenPerson(orgId, "viewer")
  expect((await send(deleteWindow, viewer.headers, null, own.id)).status).toBe(403)
})

test("a window is listed with when it comes next, changed, and past when it is over", async () => {
  const { headers, storeId, terminalId, add, readKey } = await givenFleet()
  const place = { kind: "store", id: storeId }
  const { id } = await add(place, 60, 120)
  const list = async (search: string) =>
    (
      (await (
        await call(getWindows, `/api/v1/maintenance-windows${search}`, { key: readKey })
      ).json()) as WindowPage
    ).data
  expect(await list(`?terminal=${terminalId}`)).toMatchObject([{ id, next: { from: expect.any(String) } }])
  const changed = { ...windowOf(place, -3 * 1440, -3 * 1440 + 60), isWeekly: true }
  expect(await (await send(putWindow, headers, changed, id)).json()).toMatchObject({
    isWeekly: true,
    next: { from: expect.any(String) },
  })
  expect((await send(putWindow, headers, { ...changed, place: { kind: "organisation" } }, id)).status).toBe(
    409,
  )
  expect((await send(putWindow, headers, { ...changed, ends: changed.starts }, id)).status).toBe(422)
  expect((await send(putWindow, headers, windowOf(place, -3 * 1440, -2 * 1440), id)).status).toBe(200)
  expect(await list("")).toEqual([])
  expect(await list("?state=past")).toMatchObject([{ id, next: null }])
})
