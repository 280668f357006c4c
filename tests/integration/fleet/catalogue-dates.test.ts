import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getProposals } from "@/app/api/v1/approvals/proposals/route"
import * as approvalsRoute from "@/app/api/v1/approvals/route"
import * as modelRoute from "@/app/api/v1/models/[id]/route"
import * as modelsRoute from "@/app/api/v1/models/route"
import * as releasesRoute from "@/app/api/v1/releases/route"
import { asWorker } from "@/lib/base/db/transaction"
import { type Entry, givenManager, json, listed, addEntry } from "@/tests/support/catalogue"
import { useDatabase } from "@/tests/support/database"
import { givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"

useDatabase()

describe("dates", () => {
  test("of a model are the earliest of its approvals, with checks overdue after a year", async () => {
    const { headers } = await givenManager()
    const model = await addEntry(modelsRoute, headers, { name: "A920" })
    const said = { model: model.id, kind: "pci_pts", source: "listing" }
    await addEntry(approvalsRoute, headers, {
      ...said,
      reference: "4-30123 v5",
      purchaseEndOn: "2027-04-30",
      deployEndOn: "2027-04-30",
      checkedOn: "2020-01-01",
    })
    await addEntry(approvalsRoute, headers, {
      ...said,
      reference: "4-30123 v5",
      scheme: "Visa",
      deployEndOn: "2026-12-31",
      useEndOn: "2030-12-31",
      checkedOn: "2999-01-01",
    })
    const dates = {
      purchaseEndOn: "2027-04-30",
      deployEndOn: "2026-12-31",
      useEndOn: "2030-12-31",
      checksOverdue: 1,
    }
    expect(await listed(modelsRoute, headers)).toMatchObject([dates])
    const page = await json<{ approvals: { checkedOn: string; isCheckOverdue: boolean }[] }>(
      call(modelRoute.GET, "/api/v1/models/x", { headers, params: { id: String(model.id) } }),
    )
    expect(page).toMatchObject(dates)
    const overdue = page.approvals.map(({ checkedOn, isCheckOverdue }) => [checkedOn, isCheckOverdue])
    expect(Object.fromEntries(overdue)).toEqual({ "2020-01-01": true, "2999-01-01": false })
  })

  test("are proposed with source and check date, and none is applied", async () => {
    const { headers } = await givenManager()
    const model = await addEntry(modelsRoute, headers, { name: "A920" })
    const proposals = (
      await json<{
        data: {
          reference: string
          deployEndOn: string | null
          source: string
          checkedOn: string
          yearsAfterLetter: number | null
        }[]
      }>(call(getProposals, "/api/v1/approvals/proposals", { headers }))
    ).data
    expect(proposals.find(({ reference }) => reference === "PCI PTS POI v5")).toMatchObject({
      purchaseEndOn: "2027-04-30",
      deployEndOn: "2027-04-30",
      useEndOn: null,
    })
    expect(
      proposals.every(({ source, checkedOn }) => source !== "" && /^\d{4}-\d\d-\d\d$/.test(checkedOn)),
    ).toBe(true)
    expect(
      proposals.every(
        ({ deployEndOn, yearsAfterLetter }) => (deployEndOn === null) !== (yearsAfterLetter === null),
      ),
    ).toBe(true)
    expect(await listed(approvalsRoute, headers)).toEqual([])
    expect(await listed(modelsRoute, headers)).toMatchObject([
      { id: model.id, purchaseEndOn: null, deployEndOn: null, useEndOn: null },
    ])
  })
})

test("releases count the terminals that run them now, and list reported versions without one", async () => {
  const { orgId, headers } = await givenManager()
  const [a, b] = [
    await addEntry(modelsRoute, headers, { name: "A" }),
    await addEntry(modelsRoute, headers, { name: "B" }),
  ]
  const running = [
    [a.id, "5.2", "active"],
    [a.id, "5.2", "spare"],
    [a.id, "5.2", "retired"],
    [b.id, "5.2", "active"],
    [b.id, "5.10", "active"],
    [a.id, "5.9", "active"],
  ] as const
  for (const [modelId, app, status] of running) {
    const { terminalId } = await givenTerminal(orgId, { modelId, status })
    await asWorker((db) =>
      db.query(
        sql`
          insert into terminal_state (terminal_id, org_id, app)
          values (${terminalId}::bigint, ${orgId}::uuid, ${app})`,
      ),
    )
  }
  const all = await addEntry(releasesRoute, headers, { component: "app", version: "5.2" })
  const own = await addEntry(releasesRoute, headers, {
    component: "app",
    version: "5.2",
    model: b.id,
    supportEndOn: "2027-01-01",
  })
  const { data, unknown } = await json<{ data: Entry[]; unknown: object[] }>(
    call(releasesRoute.GET, "/api/v1/releases", { headers }),
  )
  expect(data.map(({ id, terminals }) => [id, terminals]).toSorted()).toEqual(
    [
      [all.id, 2],
      [own.id, 1],
    ].toSorted(),
  )
  expect(unknown).toEqual([
    { component: "app", version: "5.10", model: b.id, modelName: "B", terminals: 1 },
    { component: "app", version: "5.9", model: a.id, modelName: "A", terminals: 1 },
  ])
  const page = await json<{ releases: object[] }>(
    call(modelRoute.GET, "/api/v1/models/x", { headers, params: { id: String(b.id) } }),
  )
  expect(page.releases).toEqual([
    { component: "app", version: "5.10", terminals: 1, supportEndOn: null, isKnown: false },
    { component: "app", version: "5.2", terminals: 1, supportEndOn: "2027-01-01", isKnown: true },
  ])
})
