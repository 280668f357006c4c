import { describe, expect, test } from "vitest"
import { DELETE as deleteMerchant, PATCH as patchMerchant } from "@/app/api/v1/merchants/[id]/route"
import { GET as getMerchants, POST as postMerchant } from "@/app/api/v1/merchants/route"
import { DELETE as deleteRegion } from "@/app/api/v1/regions/[id]/route"
import { GET as getRegions } from "@/app/api/v1/regions/route"
import { DELETE as deleteStore } from "@/app/api/v1/stores/[id]/route"
import { GET as getStores, POST as postStore } from "@/app/api/v1/stores/route"
import { asOwner } from "@/lib/base/db/client"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { tasks } from "@/lib/run/jobs/tasks"
import { useDatabase } from "@/tests/support/database"
import { givenStore, givenTerminal } from "@/tests/support/factories"
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
import { givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()
const namesOf = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name)

describe("lists", () => {
  test("find stores by name, code and address, and page without repeats", async () => {
    const { manager } = await givenManager()
    for (const [code, name, address] of [
      ["A-100", "Harbour", "1 Quay"],
      ["A-200", "Station", "2 Rail Rd"],
      ["B-300", "Airport", "3 Quay"],
    ])
      await addStore(manager, { code, name, address })
    expect(namesOf(await listPlaces(getStores, manager, "?q=a-2"))).toEqual(["Station"])
    expect(namesOf(await listPlaces(getStores, manager, "?q=QUAY"))).toEqual(["Airport", "Harbour"])
    expect(namesOf(await listPlaces(getStores, manager, "?q=harb"))).toEqual(["Harbour"])
    expect(namesOf(await listPlaces(getStores, manager, "?q=%25"))).toEqual([])
    const first = await listPlaces(getStores, manager, "?limit=3")
    const second = await listPlaces(getStores, manager, `?limit=3&cursor=${first.nextCursor}`)
    expect([...namesOf(first), ...namesOf(second)]).toEqual(["Airport", "Harbour", "Station", "Unassigned"])
    expect({ total: first.total, end: second.nextCursor }).toEqual({ total: 4, end: null })
  })

  test("show the branches of the tree", async () => {
    const { orgId, manager } = await givenManager()
    const merchant = await addMerchant(manager, "Merchant")
    const [north, south] = [
      await addRegion(manager, merchant.id, "North"),
      await addRegion(manager, merchant.id, "South"),
    ]
    const placed = await addStore(manager, { code: "1", name: "Placed", regionId: north.id })
    await addStore(manager, { code: "2", name: "Direct", merchantId: merchant.id })
    await givenTerminal(orgId, { storeId: placed.id })
    expect((await listPlaces(getRegions, manager, `?merchant=${merchant.id}`)).data).toMatchObject([
      { name: "North", stores: 1, terminals: 1 },
      { name: "South", stores: 0, terminals: 0 },
    ])
    expect(namesOf(await listPlaces(getStores, manager, `?region=${north.id}`))).toEqual(["Placed"])
    expect(namesOf(await listPlaces(getStores, manager, `?merchant=${merchant.id}&region=none`))).toEqual([
      "Direct",
    ])
    expect(namesOf(await listPlaces(getStores, manager, "?merchant=none"))).toEqual(["Unassigned"])
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
    const { manager } = await givenManager()
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
  const { orgId, manager } = await givenManager()
  const [one, two] = [await addMerchant(manager, "One"), await addMerchant(manager, "Two")]
  const own = await addStore(manager, { code: "O", name: "Own", merchantId: one.id })
  const other = await addStore(manager, { code: "X", name: "Other", merchantId: one.id })
  const limited = (await givenPerson(orgId, "manager", { stores: [own.id] })).headers
  const viewer = (await givenPerson(orgId, "viewer")).headers
  expect(await (await changeStore(limited, own.id, { contactPhone: "5550100" })).json()).toMatchObject({
    contactPhone: "5550100",
  })
  expect((await changeStore(limited, own.id, { merchantId: one.id })).status).toBe(200)
  const refused = await Promise.all([
    changeStore(limited, own.id, { merchantId: null }),
    changeStore(limited, own.id, { merchantId: two.id }),
    changeStore(limited, other.id, { name: "Mine" }),
    send(postStore, limited, "POST", { code: "N", name: "New" }),
    send(deleteStore, limited, "DELETE", undefined, own.id),
    send(patchMerchant, limited, "PATCH", { name: "Mine" }, one.id),
    changeStore(viewer, own.id, { name: "Mine" }),
  ])
  expect(refused.map(({ status }) => status)).toEqual([403, 422, 404, 403, 403, 403, 403])
  expect((await listPlaces(getMerchants, limited)).data).toMatchObject([{ name: "One", stores: 1 }])
  expect(namesOf(await listPlaces(getStores, limited))).toEqual(["Own"])
})

const dayCounts = async (orgId: string, storeId: number) =>
  (await rollupsOf(orgId)).days
    .filter((row) => row["store_id"] === storeId)
    .map((row) => [row["day"], row["presentments"], row["failures"]])

test("another time zone needs a confirmation; then only the store's days are recounted", async () => {
  const { orgId, manager } = await givenManager()
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
  const countsOf = (store: number) => dayCounts(orgId, store)
  expect(await countsOf(storeId)).toEqual([[yesterday, 2, 1]])

  expect(await refusal(await changeStore(manager, storeId, { timeZone: "America/New_York" }))).toEqual({
    status: 409,
    code: "conflict",
    field: "timeZone",
    reason: "recount",
  })
  expect((await changeStore(manager, storeId, { timeZone: "America/New_York", recount: true })).status).toBe(
    200,
  )
  const { rows } = await asOwner((client) =>
    client.query<{ payload: unknown }>(`
    select p.payload from graphile_worker._private_jobs p join graphile_worker.jobs j using (id)
    where j.task_identifier = 'recountStore'`),
  )
  expect(rows).toEqual([{ payload: { orgId, storeId } }])
  for (let times = 0; times < 2; times += 1)
    await tasks["recountStore"]?.({ orgId, storeId }, { abortSignal: AbortSignal.timeout(60_000) } as never)
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
  const { orgId, manager } = await givenManager()
  const { storeId } = await givenStore(orgId)
  expect(await (await changeStore(manager, storeId, { timeZone: "Asia/Tokyo" })).json()).toMatchObject({
    timeZone: "Asia/Tokyo",
  })
})
