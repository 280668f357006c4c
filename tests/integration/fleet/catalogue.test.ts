import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import * as acquirerRoute from "@/app/api/v1/acquirers/[id]/route"
import * as acquirersRoute from "@/app/api/v1/acquirers/route"
import * as approvalRoute from "@/app/api/v1/approvals/[id]/route"
import * as approvalsRoute from "@/app/api/v1/approvals/route"
import { GET as getTrail } from "@/app/api/v1/audit/route"
import * as modelRoute from "@/app/api/v1/models/[id]/route"
import * as modelsRoute from "@/app/api/v1/models/route"
import * as policyRoute from "@/app/api/v1/release-policies/[id]/route"
import * as policiesRoute from "@/app/api/v1/release-policies/route"
import * as releaseRoute from "@/app/api/v1/releases/[id]/route"
import * as releasesRoute from "@/app/api/v1/releases/route"
import * as supplierRoute from "@/app/api/v1/suppliers/[id]/route"
import * as suppliersRoute from "@/app/api/v1/suppliers/route"
import { asWorker } from "@/lib/base/db/transaction"
import { acquirerPresets } from "@/lib/fleet/acquirers/presets"
import {
  type Headers,
  type Collection,
  givenManager,
  json,
  post,
  listed,
  addEntry,
} from "@/tests/support/catalogue"
import { useDatabase } from "@/tests/support/database"
import { givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

type Single = { PUT: Parameters<typeof call>[0]; DELETE: Parameters<typeof call>[0] }

const put = (route: Single, headers: Headers, id: number, draft: object) =>
  call(route.PUT, "/api/v1/x", {
    method: "PUT",
    headers,
    body: JSON.stringify(draft),
    params: { id: String(id) },
  })

const remove = (route: Single, headers: Headers, id: number) =>
  call(route.DELETE, "/api/v1/x", { method: "DELETE", headers, params: { id: String(id) } })

const nouns: [string, Collection, Single, draft: object, changed: object][] = [
  [
    "supplier",
    suppliersRoute,
    supplierRoute,
    { name: "Maker", isManufacturer: true },
    {
      name: "Maker",
      isManufacturer: true,
      isSupplier: true,
      warrantyMonths: 24,
      contactEmail: "a@example.com",
    },
  ],
  ["model", modelsRoute, modelRoute, { name: "A920" }, { name: "A920 Pro" }],
  [
    "approval",
    approvalsRoute,
    approvalRoute,
    {
      component: "os",
      version: "Android 10",
      kind: "os",
      source: "https://example.com",
      checkedOn: "2026-11-01",
    },
    {
      component: "os",
      version: "Android 10",
      kind: "os",
      deployEndOn: "2023-03-31",
      source: "read again",
      checkedOn: "2026-11-20",
    },
  ],
  [
    "release",
    releasesRoute,
    releaseRoute,
    { component: "app", version: "5.2.0" },
    { component: "app", version: "5.2.1", releasedOn: "2026-01-02", supportEndOn: "2027-01-02" },
  ],
  [
    "releasePolicy",
    policiesRoute,
    policyRoute,
    { component: "firmware", minimumVersion: "2.0" },
    { component: "firmware", minimumVersion: "2.1", dueOn: "2027-01-01" },
  ],
  [
    "acquirer",
    acquirersRoute,
    acquirerRoute,
    acquirerPresets[0],
    {
      ...acquirerPresets[0],
      feePercent: 0.38,
      feeNote: "capped",
      terminalPriceMinor: 29_900,
      depositMinor: 0,
      currency: "CNY",
    },
  ],
]

describe.each(nouns)("a %s", (kind, collection, single, draft, changed) => {
  test("is added, changed and removed with audit entries; a duplicate is a conflict", async () => {
    const { orgId, headers } = await givenManager()
    const entry = await addEntry(collection, headers, draft)
    expect(entry).toMatchObject(draft)
    expect((await post(collection, headers, draft)).status).toBe(409)
    expect(await json(put(single, headers, entry.id, changed))).toMatchObject(changed)
    expect(
      await json(put(single, headers, entry.id, changed)),
      "saving the same values again changes nothing",
    ).toMatchObject(changed)
    expect(await listed(collection, headers)).toMatchObject([changed])
    expect((await remove(single, headers, entry.id)).status).toBe(200)
    expect(await listed(collection, headers)).toEqual([])
    expect((await remove(single, headers, entry.id)).status).toBe(404)
    const audited = await json<{ data: { action: string }[] }>(
      call(getTrail, "/api/v1/audit", { headers: (await givenPerson(orgId, "admin")).headers }),
    )
    expect(audited.data.map(({ action }) => action)).toEqual([
      `${kind}.removed`,
      `${kind}.changed`,
      `${kind}.added`,
    ])
  })

  test("is read by keys, written by managers of the whole, and not visible to others", async () => {
    const [{ orgId, headers, readKey }, otherManager] = [await givenManager(), await givenManager()]
    const entry = await addEntry(collection, headers, draft)
    expect((await call(collection.GET, "/api/v1/x", { key: readKey })).status).toBe(200)
    for (const role of ["viewer", "planner"] as const) {
      const person = await givenPerson(orgId, role)
      expect((await post(collection, person.headers, draft)).status).toBe(403)
      expect(await listed(collection, person.headers)).toHaveLength(1)
    }
    expect(
      (await post(collection, (await givenPerson(orgId, "manager", { stores: [] })).headers, draft)).status,
    ).toBe(403)
    expect(await listed(collection, otherManager.headers)).toEqual([])
    expect((await put(single, otherManager.headers, entry.id, changed)).status).toBe(404)
    expect((await remove(single, otherManager.headers, entry.id)).status).toBe(404)
    expect((await post(collection, otherManager.headers, draft)).status).toBe(200)
  })
})

describe("an entry in use cannot be deleted", () => {
  test("a model with terminals, its manufacturer, a supplier of terminals", async () => {
    const { orgId, headers } = await givenManager()
    const maker = await addEntry(suppliersRoute, headers, { name: "Maker", isManufacturer: true })
    const seller = await addEntry(suppliersRoute, headers, { name: "Seller", isSupplier: true })
    const model = await addEntry(modelsRoute, headers, { name: "A920", manufacturer: maker.id })
    const { terminalId } = await givenTerminal(orgId, { modelId: model.id, status: "retired" })
    await asWorker((db) =>
      db.query(sql`update terminal set supplier_id = ${seller.id}::bigint where id = ${terminalId}::bigint`),
    )
    for (const [route, id] of [
      [modelRoute, model.id],
      [supplierRoute, maker.id],
      [supplierRoute, seller.id],
    ] as const) {
      const refused = await remove(route, headers, id)
      expect([refused.status, await refused.json()]).toMatchObject([409, { reason: "in_use" }])
    }
    expect(await listed(suppliersRoute, headers)).toMatchObject([
      { name: "Maker", models: 1, terminals: 0 },
      { name: "Seller", models: 0, terminals: 1 },
    ])
    expect(await listed(modelsRoute, headers)).toMatchObject([
      { name: "A920", manufacturerName: "Maker", terminals: { retired: 1 } },
    ])
  })

  test("an acquirer with a TID, a sale or an approval", async () => {
    const { orgId, headers } = await givenManager()
    const [withTid, sold, dated] = [
      await addEntry(acquirersRoute, headers, acquirerPresets[0]),
      await addEntry(acquirersRoute, headers, acquirerPresets[1]),
      await addEntry(acquirersRoute, headers, acquirerPresets[2]),
    ]
    const { terminalId } = await givenTerminal(orgId)
    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_tid set acquirer_id = ${withTid.id}::bigint
           where terminal_id = ${terminalId}::bigint`,
      )
      await db.query(sql`insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause,
        presentments, failures, raw_attempts, raw_failures)
        values (${orgId}::uuid, 0, current_date - 200, 'acquirer', ${String(sold.id)}, '', '', 1, 0, 1, 0)`)
    })
    await addEntry(approvalsRoute, headers, {
      component: "os",
      version: "10",
      kind: "os",
      acquirer: dated.id,
      source: "letter",
      checkedOn: "2026-11-01",
    })
    for (const { id } of [withTid, sold, dated])
      expect((await remove(acquirerRoute, headers, id)).status).toBe(409)
  })
})

describe("references", () => {
  test("accept only ids of the own organisation", async () => {
    const [{ headers }, otherManager] = [await givenManager(), await givenManager()]
    const maker = await addEntry(suppliersRoute, otherManager.headers, {
      name: "Maker",
      isManufacturer: true,
    })
    const model = await addEntry(modelsRoute, otherManager.headers, { name: "A920" })
    const refused = [
      await post(modelsRoute, headers, { name: "A920", manufacturer: maker.id }),
      await post(releasesRoute, headers, { component: "app", version: "1.0", model: model.id }),
      await post(policiesRoute, headers, { component: "app", minimumVersion: "1.0", model: model.id }),
      await post(approvalsRoute, headers, {
        model: model.id,
        kind: "pci_pts",
        source: "x",
        checkedOn: "2026-11-01",
      }),
      await post(acquirersRoute, headers, { code: "x", name: "x", codeSystem: "nobody knows" }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422])
  })

  test.each([
    ["an approval of nothing", approvalsRoute, { kind: "os", source: "x", checkedOn: "2026-11-01" }],
    [
      "an approval of two things",
      approvalsRoute,
      { model: 1, component: "os", version: "10", kind: "os", source: "x", checkedOn: "2026-11-01" },
    ],
    [
      "an approval without a source",
      approvalsRoute,
      { component: "os", version: "10", kind: "os", source: " ", checkedOn: "2026-11-01" },
    ],
    [
      "a day that does not exist",
      releasesRoute,
      { component: "app", version: "1", releasedOn: "2026-02-30" },
    ],
    ["amounts without a currency", acquirersRoute, { code: "x", name: "x", depositMinor: 100 }],
    ["a fee over a hundred percent", acquirersRoute, { code: "x", name: "x", feePercent: 101 }],
    ["a supplier that neither makes nor sells", suppliersRoute, { name: "x" }],
  ])("refuses %s", async (_what, route, draft) => {
    expect((await post(route, (await givenManager()).headers, draft)).status).toBe(422)
  })
})
