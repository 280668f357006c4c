import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { DELETE as deleteMerchant, PATCH as patchMerchant } from "@/app/api/v1/merchants/[id]/route"
import { GET as getMerchants, POST as postMerchant } from "@/app/api/v1/merchants/route"
import { DELETE as deleteRegion } from "@/app/api/v1/regions/[id]/route"
import { GET as getRegions, POST as postRegion } from "@/app/api/v1/regions/route"
import { DELETE as deleteStore, GET as getStore, PATCH as patchStore } from "@/app/api/v1/stores/[id]/route"
import { GET as getStores, POST as postStore } from "@/app/api/v1/stores/route"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import type { Store } from "@/lib/fleet/stores/schemas"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { tasks } from "@/lib/run/jobs/tasks"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"
import { givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

type Route = Parameters<typeof call>[0]
type Headers = Record<string, string>

async function given() {
  const org = await givenOrganisation()
  return { ...org, manager: (await givenPerson(org.orgId, "manager")).headers }
}

const send = (route: Route, headers: Headers, method: string, body?: object, id?: number) =>
  call(route, "/api/v1/place", {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(id === undefined ? {} : { params: { id: String(id) } }),
  })
const made = async <Made = { id: number }>(response: Response): Promise<Made> => {
  expect(await response.clone().text()).toContain(`"id"`)
  return (await response.json()) as Made
}
const refusal = async (response: Response) => {
  const { field, reason, code } = (await response.json()) as { field?: string; reason?: string; code: string }
  return { status: response.status, code, ...(field ? { field } : {}), ...(reason ? { reason } : {}) }
}
const list = async (route: Route, headers: Headers, search = "") =>
  (await (await call(route, `/api/v1/place${search}`, { headers })).json()) as {
    data: (Store & { stores: number })[]
    nextCursor: string | null
    total: number
  }
const namesOf = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name)

const addMerchant = async (headers: Headers, name: string, more: object = {}) =>
  made(await send(postMerchant, headers, "POST", { name, ...more }))
const addRegion = async (headers: Headers, merchantId: number, name: string) =>
  made(await send(postRegion, headers, "POST", { merchantId, name }))
const addStore = async (headers: Headers, store: object) =>
  made<Store>(await send(postStore, headers, "POST", store))
const change = (headers: Headers, id: number, body: object) => send(patchStore, headers, "PATCH", body, id)

const everything = {
  code: "XY01",
  name: "静安寺店",
  timeZone: "Asia/Urumqi",
  address: "南京西路 1 号",
  latitude: 31.2235,
  longitude: 121.4455,
  openingHours: { mon: [["09:00", "21:30"]] },
  hoursExceptions: { "2026-10-01": [], "2026-10-02": [["10:00", "18:00"]] },
  contactName: "李雷",
  contactPhone: "+86 21 5555 0100",
  contactEmail: "store@example.com",
}

describe("a store", () => {
  test("stores its values, with the merchant of its region", async () => {
    const { manager } = await given()
    const merchant = await addMerchant(manager, "鲜源超市", { code: "XY", contactName: "韩梅梅" })
    const region = await addRegion(manager, merchant.id, "华东")
    const store = await addStore(manager, { ...everything, regionId: region.id })
    const expected = {
      ...everything,
      merchant: { id: merchant.id, name: "鲜源超市" },
      region: { id: region.id, name: "华东" },
      closedOn: null,
      isClosed: false,
      hasHistory: false,
      terminals: 0,
      openFlags: 0,
      isUnassigned: false,
    }
    expect(store).toEqual({ id: store.id, ...expected })
    expect(await (await send(getStore, manager, "GET", undefined, store.id)).json()).toEqual(store)
    expect((await list(getMerchants, manager)).data).toMatchObject([
      { name: "鲜源超市", regions: 1, stores: 1, terminals: 0 },
    ])
  })

  test("gets the organisation's zone by default", async () => {
    const { orgId } = await givenOrganisation({ timeZone: "Europe/Berlin" })
    const { headers } = await givenPerson(orgId, "admin")
    expect(await addStore(headers, { code: "B1", name: "Mitte" })).toMatchObject({
      timeZone: "Europe/Berlin",
      openingHours: null,
      hoursExceptions: {},
    })
  })

  test("changes only the given fields, with an audit entry", async () => {
    const { orgId, manager } = await given()
    const store = await addStore(manager, everything)
    const after = (await (
      await change(manager, store.id, { name: "静安店", contactEmail: null })
    ).json()) as Store
    expect(after).toEqual({ ...store, name: "静安店", contactEmail: null })
    await change(manager, store.id, { name: "静安店" })
    await change(manager, store.id, { closedOn: "2026-01-31" })
    await change(manager, store.id, { closedOn: null })
    const trail = await asWorker((db) =>
      db.query(
        sql`
          select action, before, after from audit_entry where org_id = ${orgId}::uuid
            and action <> 'store.created' order by id`,
      ),
    )
    expect(trail).toEqual([
      {
        action: "store.changed",
        before: { name: "静安寺店", contactEmail: "store@example.com" },
        after: { name: "静安店", contactEmail: null },
      },
      { action: "store.closed", before: { closedOn: null }, after: { closedOn: "2026-01-31" } },
      { action: "store.reopened", before: { closedOn: "2026-01-31" }, after: { closedOn: null } },
    ])
  })

  test.each([
    ["code", { code: " " }],
    ["timeZone", { timeZone: "Mars/Olympus" }],
    ["latitude", { latitude: 91, longitude: 0 }],
    ["longitude", { latitude: 31 }],
    ["contactEmail", { contactEmail: "nobody" }],
    ["openingHours.mon.0.0", { openingHours: { mon: [["9am", "17:00"]] } }],
    ["hoursExceptions.2026-13-01", { hoursExceptions: { "2026-13-01": [] } }],
    ["merchantId", { merchantId: 987_654 }],
    ["regionId", { regionId: 987_654 }],
    ["closedOn", { closedOn: "tomorrow" }],
  ])("is refused with the name of the field if %s is wrong", async (field, wrong) => {
    const { manager } = await given()
    const response = await send(postStore, manager, "POST", { code: "A", name: "A", ...wrong })
    expect(response.status).toBe(422)
    const problem = (await response.json()) as { field?: string; errors?: { field: string }[] }
    expect([problem.field, ...(problem.errors ?? []).map((error) => error.field)]).toContain(field)
  })

  test("has a code that is unique in its organisation only", async () => {
    const { manager } = await given()
    const elsewhere = await given()
    await addStore(manager, { code: "A1", name: "One" })
    const second = await addStore(manager, { code: "A2", name: "Two" })
    await addStore(elsewhere.manager, { code: "A1", name: "Elsewhere" })
    const taken = { status: 409, code: "conflict", field: "code", reason: "taken" }
    expect(await refusal(await send(postStore, manager, "POST", { code: "A1", name: "Again" }))).toEqual(
      taken,
    )
    expect(await refusal(await change(manager, second.id, { code: "A1" }))).toEqual(taken)
    expect((await list(getStores, manager, "?q=A2")).data).toMatchObject([{ name: "Two", code: "A2" }])
  })

  test("that changes its merchant loses its region, and accepts no region of another merchant", async () => {
    const { manager } = await given()
    const [one, two] = [await addMerchant(manager, "One"), await addMerchant(manager, "Two")]
    const region = await addRegion(manager, one.id, "North")
    const store = await addStore(manager, { code: "S", name: "S", regionId: region.id })
    expect(
      await refusal(await change(manager, store.id, { merchantId: two.id, regionId: region.id })),
    ).toMatchObject({ status: 422, field: "regionId" })
    expect(await (await change(manager, store.id, { merchantId: two.id })).json()).toMatchObject({
      merchant: { name: "Two" },
      region: null,
    })
  })

  test("is deleted if no terminal was ever in it, and closed otherwise", async () => {
    const { orgId, manager, unassignedStoreId } = await given()
    const empty = await addStore(manager, { code: "E", name: "Empty" })
    const { storeId } = await givenTerminal(orgId)
    expect((await send(deleteStore, manager, "DELETE", undefined, empty.id)).status).toBe(200)
    expect((await send(getStore, manager, "GET", undefined, empty.id)).status).toBe(404)
    expect(await refusal(await send(deleteStore, manager, "DELETE", undefined, storeId))).toEqual({
      status: 409,
      code: "conflict",
      reason: "in_use",
    })
    expect(await refusal(await send(deleteStore, manager, "DELETE", undefined, unassignedStoreId))).toEqual({
      status: 409,
      code: "conflict",
      reason: "unassigned",
    })
    expect(await refusal(await change(manager, unassignedStoreId, { closedOn: "2026-01-01" }))).toMatchObject(
      { status: 409, reason: "unassigned" },
    )
    expect(await (await change(manager, storeId, { closedOn: "2026-01-01" })).json()).toMatchObject({
      isClosed: true,
      hasHistory: true,
      terminals: 1,
    })
    expect((await list(getStores, manager, "?closed=true")).data).toMatchObject([{ id: storeId }])
  })

  test("in a file keeps values that are left out, and loses a region of another merchant", async () => {
    const { actor, manager } = await given()
    const merchant = await addMerchant(manager, "One")
    const region = await addRegion(manager, merchant.id, "North")
    const store = await addStore(manager, { ...everything, regionId: region.id })
    await upsertTerminals({ actor, entries: [{ serial: "SN1", store: "XY01" }] })
    const { terminals, hasHistory, ...kept } = (await (
      await send(getStore, manager, "GET", undefined, store.id)
    ).json()) as Store
    expect(kept).toEqual((({ terminals: _none, hasHistory: _never, ...rest }) => rest)(store))
    expect({ terminals, hasHistory }).toEqual({ terminals: 1, hasHistory: true })
    await upsertTerminals({ actor, entries: [{ serial: "SN1", store: "XY01", merchant: "Two" }] })
    expect(await (await send(getStore, manager, "GET", undefined, store.id)).json()).toMatchObject({
      merchant: { name: "Two" },
      region: null,
    })
  })
})

describe("lists", () => {
  test("find stores by name, code and address, and page without repeats", async () => {
    const { manager } = await given()
    for (const [code, name, address] of [
      ["A-100", "Harbour", "1 Quay"],
      ["A-200", "Station", "2 Rail Rd"],
      ["B-300", "Airport", "3 Quay"],
    ])
      await addStore(manager, { code, name, address })
    expect(namesOf(await list(getStores, manager, "?q=a-2"))).toEqual(["Station"])
    expect(namesOf(await list(getStores, manager, "?q=QUAY"))).toEqual(["Airport", "Harbour"])
    expect(namesOf(await list(getStores, manager, "?q=harb"))).toEqual(["Harbour"])
    expect(namesOf(await list(getStores, manager, "?q=%25"))).toEqual([])
    const first = await list(getStores, manager, "?limit=3")
    const second = await list(getStores, manager, `?limit=3&cursor=${first.nextCursor}`)
    expect([...namesOf(first), ...namesOf(second)]).toEqual(["Airport", "Harbour", "Station", "Unassigned"])
    expect({ total: first.total, end: second.nextCursor }).toEqual({ total: 4, end: null })
  })

  test("show the branches of the tree", async () => {
    const { orgId, manager } = await given()
    const merchant = await addMerchant(manager, "Merchant")
    const [north, south] = [
      await addRegion(manager, merchant.id, "North"),
      await addRegion(manager, merchant.id, "South"),
    ]
    const placed = await addStore(manager, { code: "1", name: "Placed", regionId: north.id })
    await addStore(manager, { code: "2", name: "Direct", merchantId: merchant.id })
    await givenTerminal(orgId, { storeId: placed.id })
    expect((await list(getRegions, manager, `?merchant=${merchant.id}`)).data).toMatchObject([
      { name: "North", stores: 1, terminals: 1 },
      { name: "South", stores: 0, terminals: 0 },
    ])
    expect(namesOf(await list(getStores, manager, `?region=${north.id}`))).toEqual(["Placed"])
    expect(namesOf(await list(getStores, manager, `?merchant=${merchant.id}&region=none`))).toEqual([
      "Direct",
    ])
    expect(namesOf(await list(getStores, manager, "?merchant=none"))).toEqual(["Unassigned"])
    expect(await refusal(await send(deleteMerchant, manager, "DELETE", undefined, merchant.id))).toEqual({
      status: 409,
      code: "conflict",
      reason: "in_use",
    })
    expect(await refusal(await send(deleteRegion, manager, "DELETE", undefined, north.id))).toEqual({
      status: 409,
      code: "conflict",
      reason: "in_use",
    })
    expect((await send(deleteRegion, manager, "DELETE", undefined, south.id)).status).toBe(200)
  })

  test("of merchants say whether name or code is taken", async () => {
    const { manager } = await given()
    await addMerchant(manager, "One", { code: "1" })
    const two = await addMerchant(manager, "Two")
    expect(await refusal(await send(postMerchant, manager, "POST", { name: "One" }))).toMatchObject({
      status: 409,
      field: "name",
      reason: "taken",
    })
    expect(await refusal(await send(patchMerchant, manager, "PATCH", { code: "1" }, two.id))).toMatchObject({
      status: 409,
      field: "code",
      reason: "taken",
    })
  })
})

test("an actor limited to one store changes it, and cannot move, add or delete any", async () => {
  const { orgId, manager } = await given()
  const [one, two] = [await addMerchant(manager, "One"), await addMerchant(manager, "Two")]
  const own = await addStore(manager, { code: "O", name: "Own", merchantId: one.id })
  const other = await addStore(manager, { code: "X", name: "Other", merchantId: one.id })
  const limited = (await givenPerson(orgId, "manager", { stores: [own.id] })).headers
  const viewer = (await givenPerson(orgId, "viewer")).headers
  expect(await (await change(limited, own.id, { contactPhone: "5550100" })).json()).toMatchObject({
    contactPhone: "5550100",
  })
  expect((await change(limited, own.id, { merchantId: one.id })).status).toBe(200)
  const refused = await Promise.all([
    change(limited, own.id, { merchantId: null }),
    change(limited, own.id, { merchantId: two.id }),
    change(limited, other.id, { name: "Mine" }),
    send(postStore, limited, "POST", { code: "N", name: "New" }),
    send(deleteStore, limited, "DELETE", undefined, own.id),
    send(patchMerchant, limited, "PATCH", { name: "Mine" }, one.id),
    change(viewer, own.id, { name: "Mine" }),
  ])
  expect(refused.map(({ status }) => status)).toEqual([403, 422, 404, 403, 403, 403, 403])
  expect((await list(getMerchants, limited)).data).toMatchObject([{ name: "One", stores: 1 }])
  expect(namesOf(await list(getStores, limited))).toEqual(["Own"])
})

test("another time zone needs a confirmation; then only the store's days are recounted", async () => {
  const { orgId, manager } = await given()
  const { terminalId, storeId } = await givenTerminal(orgId)
  const elsewhere = await givenTerminal(orgId)
  const yesterday = addDays(localDay(new Date(), "Asia/Shanghai"), -1)
  // 00:30 and 12:30 in Shanghai. In New York the first is on the day before.
  const sales = ["00:30", "12:30"].map((clock, i) => ({
    at: new Date(`${yesterday}T${clock}:00+08:00`).toISOString(),
    id: String(i),
    outcome: i === 0 ? "approved" : "declined",
  }))
  await givenBatch(
    orgId,
    "transaction",
    [terminalId, elsewhere.terminalId].flatMap((terminal) =>
      sales.map((sale) => ({ terminal_id: terminal, ...sale })),
    ),
  )
  await foldAll()
  const countsOf = async (store: number) =>
    (await rollupsOf(orgId)).days
      .filter((row) => row["store_id"] === store)
      .map((row) => [row["day"], row["presentments"], row["failures"]])
  expect(await countsOf(storeId)).toEqual([[yesterday, 2, 1]])

  expect(await refusal(await change(manager, storeId, { timeZone: "America/New_York" }))).toEqual({
    status: 409,
    code: "conflict",
    field: "timeZone",
    reason: "recount",
  })
  expect((await change(manager, storeId, { timeZone: "America/New_York", recount: true })).status).toBe(200)
  const { rows } = await asOwner((client) =>
    client.query<{ payload: unknown }>(`
    select p.payload from graphile_worker._private_jobs p join graphile_worker.jobs j using (id)
    where j.task_identifier = 'recountStore'`),
  )
  expect(rows).toEqual([{ payload: { orgId, storeId } }])
  for (let times = 0; times < 2; times += 1)
    await tasks["recountStore"]?.({ orgId, storeId }, undefined as never)
  const dayBefore = addDays(yesterday, -1)
  const inNewYork = sales.map(({ at }) => localDay(new Date(at), "America/New_York"))
  expect(inNewYork[0]).toBe(dayBefore)
  expect(await countsOf(storeId)).toEqual(
    inNewYork[1] === dayBefore
      ? [[dayBefore, 2, 1]]
      : [
          [dayBefore, 1, 0],
          [yesterday, 1, 1],
        ],
  )
  expect(await countsOf(elsewhere.storeId)).toEqual([[yesterday, 2, 1]])
  const recounted = await checkRollups({
    orgId,
    from: addDays(yesterday, -3),
    to: addDays(yesterday, 3),
    isRepair: false,
  })
  expect(recounted).toEqual([])
})

test("a store that never had a terminal changes its zone at once", async () => {
  const { orgId, manager } = await given()
  const { storeId } = await givenStore(orgId)
  expect(await (await change(manager, storeId, { timeZone: "Asia/Tokyo" })).json()).toMatchObject({
    timeZone: "Asia/Tokyo",
  })
})
