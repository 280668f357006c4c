import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getMerchants } from "@/app/api/v1/merchants/route"
import { DELETE as deleteStore, GET as getStore } from "@/app/api/v1/stores/[id]/route"
import { GET as getStores, POST as postStore } from "@/app/api/v1/stores/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { Store } from "@/lib/fleet/stores/schemas"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { givenPerson } from "@/tests/support/people"
import {
  givenManager,
  send,
  refusal,
  listPlaces,
  addMerchant,
  addRegion,
  addStore,
  changeStore,
} from "@/tests/support/places"

useDatabase()

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
    const { manager } = await givenManager()
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
    expect((await listPlaces(getMerchants, manager)).data).toMatchObject([
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
    const { orgId, manager } = await givenManager()
    const store = await addStore(manager, everything)
    const after = (await (
      await changeStore(manager, store.id, { name: "静安店", contactEmail: null })
    ).json()) as Store
    expect(after).toEqual({ ...store, name: "静安店", contactEmail: null })
    await changeStore(manager, store.id, { name: "静安店" })
    await changeStore(manager, store.id, { closedOn: "2026-01-31" })
    await changeStore(manager, store.id, { closedOn: null })
    const audited = await asWorker((db) =>
      db.query(
        sql`
          select action, before, after from audit_entry where org_id = ${orgId}::uuid
            and action <> 'store.created' order by id`,
      ),
    )
    expect(audited).toEqual([
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
    const { manager } = await givenManager()
    const response = await send(postStore, manager, "POST", { code: "A", name: "A", ...wrong })
    expect(response.status).toBe(422)
    const problem = (await response.json()) as { field?: string; errors?: { field: string }[] }
    expect([problem.field, ...(problem.errors ?? []).map((error) => error.field)]).toContain(field)
  })

  test("has a code that is unique in its organisation only", async () => {
    const { manager } = await givenManager()
    const elsewhere = await givenManager()
    await addStore(manager, { code: "A1", name: "One" })
    const second = await addStore(manager, { code: "A2", name: "Two" })
    await addStore(elsewhere.manager, { code: "A1", name: "Elsewhere" })
    const taken = { status: 409, code: "conflict", field: "code", reason: "taken" }
    expect(await refusal(await send(postStore, manager, "POST", { code: "A1", name: "Again" }))).toEqual(
      taken,
    )
    expect(await refusal(await changeStore(manager, second.id, { code: "A1" }))).toEqual(taken)
    expect((await listPlaces(getStores, manager, "?q=A2")).data).toMatchObject([{ name: "Two", code: "A2" }])
  })

  test("that changes its merchant loses its region, and accepts no region of another merchant", async () => {
    const { manager } = await givenManager()
    const [one, two] = [await addMerchant(manager, "One"), await addMerchant(manager, "Two")]
    const region = await addRegion(manager, one.id, "North")
    const store = await addStore(manager, { code: "S", name: "S", regionId: region.id })
    expect(
      await refusal(await changeStore(manager, store.id, { merchantId: two.id, regionId: region.id })),
    ).toMatchObject({ status: 422, field: "regionId" })
    expect(await (await changeStore(manager, store.id, { merchantId: two.id })).json()).toMatchObject({
      merchant: { name: "Two" },
      region: null,
    })
  })

  test("is deleted if no terminal was ever in it, and closed otherwise", async () => {
    const { orgId, manager, unassignedStoreId } = await givenManager()
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
    expect(
      await refusal(await changeStore(manager, unassignedStoreId, { closedOn: "2026-01-01" })),
    ).toMatchObject({ status: 409, reason: "unassigned" })
    expect(await (await changeStore(manager, storeId, { closedOn: "2026-01-01" })).json()).toMatchObject({
      isClosed: true,
      hasHistory: true,
      terminals: 1,
    })
    expect((await listPlaces(getStores, manager, "?closed=true")).data).toMatchObject([{ id: storeId }])
  })

  test("in a file keeps values that are left out, and loses a region of another merchant", async () => {
    const { actor, manager } = await givenManager()
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
