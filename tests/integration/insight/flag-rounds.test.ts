import sql from "sql-template-tag"
import { beforeEach, describe, expect, test } from "vitest"
import { PATCH as patchStore } from "@/app/api/v1/stores/[id]/route"
import { PATCH as patchTerminal } from "@/app/api/v1/terminals/[id]/route"
import { POST as restate } from "@/app/api/v1/terminals/[id]/status/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, dayStart, localDay } from "@/lib/base/time/zone"
import { addApproval } from "@/lib/fleet/approvals/change-approvals"
import { addModel, changeModel } from "@/lib/fleet/models/change-models"
import { addPolicy, changePolicy, removePolicy } from "@/lib/fleet/releases/change-releases"
import { detectOnce, detectSlice } from "@/lib/insight/flags/detect"
import { settleOrganisation } from "@/lib/insight/silence/settle-states"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal, type Organisation } from "@/tests/support/factories"
import { alwaysOpen, beforeFoldLock, detect, flagsOf, givenBeats, minute } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"
import { givenBatch } from "@/tests/support/raw"
import { noPolicy } from "@/tests/support/terminal-facts"
import { done, send } from "@/tests/support/terminal-life"

useDatabase()

const policy = { ...noPolicy, minimumVersion: "2.0" }

let organisation: Organisation
let storeId: number
let terminalId: number

/** How many terminals a round looks at, in so many minutes. */
async function lookedAt(minutes = 0): Promise<number> {
  const now = new Date(Date.now() + minutes * minute)
  await settleOrganisation({ orgId: organisation.orgId, now })
  return (await detectOnce({ orgId: organisation.orgId, now })).terminals
}
const rulesNow = async () => (await flagsOf(organisation.readKey)).data.map(({ rule }) => rule)

beforeEach(async () => {
  organisation = await givenOrganisation()
  ;({ storeId } = await givenStore(organisation.orgId, { openingHours: alwaysOpen }))
  ;({ terminalId } = await givenTerminal(organisation.orgId, { storeId }))
})

describe("a round", () => {
  test("looks at no terminal about which nothing has changed", async () => {
    await givenTerminal(organisation.orgId, { storeId })
    await givenBeats(organisation.orgId, terminalId, { fields: { app: "5.0", pinpad_ok: true } })
    expect(await lookedAt()).toBe(2)
    expect(await lookedAt(1)).toBe(0)
    const beat = (ago: number, fields: object) =>
      givenBatch(organisation.orgId, "heartbeat", [
        { terminal_id: terminalId, at: new Date(Date.now() - ago).toISOString(), ...fields },
      ])
    await beat(3000, { app: "5.0", pinpad_ok: true, battery_pct: 40 })
    await foldAll()
    expect(await lookedAt(1)).toBe(0)
    await beat(2000, { app: "5.1", pinpad_ok: true })
    await foldAll()
    expect(await lookedAt(1)).toBe(1)
    await beat(1000, { app: "5.1" })
    await foldAll()
    expect(await lookedAt(2)).toBe(0)
  })

  test("leaves an open flag as it is, and brings the length of a silence up to date every hour", async () => {
    await givenBeats(organisation.orgId, terminalId, { until: 180 })
    await detect(organisation.orgId, 2)
    const openMinutes = async () => (await flagsOf(organisation.readKey)).data[0]?.reasons
    expect(await openMinutes()).toMatchObject([{ openMinutes: 180 }])
    expect(await lookedAt(50)).toBe(0)
    expect(await lookedAt(62)).toBe(1)
    expect(await openMinutes()).toMatchObject([{ openMinutes: 242 }])
  })

  test("looks at a terminal that recovers at each of its heartbeats", async () => {
    await givenBeats(organisation.orgId, terminalId, { until: 180 })
    await detect(organisation.orgId, 2)
    await givenBeats(organisation.orgId, terminalId, { until: 2, count: 1 })
    expect(await lookedAt(1)).toBe(1)
    expect(await lookedAt(2)).toBe(0)
    await givenBeats(organisation.orgId, terminalId, { until: 1, count: 1 })
    expect(await lookedAt(2)).toBe(1)
    expect(await lookedAt(3)).toBe(0)
    expect(await rulesNow()).toEqual(["silent"])
  })

  test("opens a flag of a date on the day in the store's zone", async () => {
    await givenBeats(organisation.orgId, terminalId, { fields: { app: "1.0" } })
    const today = localDay(new Date(), "Asia/Shanghai")
    const dueOn = addDays(today, 1)
    await addPolicy({ actor: organisation.actor, body: { ...policy, dueOn } })
    expect(await lookedAt()).toBe(1)
    const minutes = (dayStart(dueOn, "Asia/Shanghai").getTime() - Date.now()) / minute
    // A terminal is also looked at once within a day.
    await lookedAt(Math.max(1, minutes - 2))
    expect(await rulesNow()).toEqual([])
    await lookedAt(minutes)
    await lookedAt(minutes + 1)
    expect(await rulesNow()).toContain("release_behind")
  })

  test("takes a change of all terminals in slices", async () => {
    const org = sql`${organisation.orgId}::uuid`
    await asWorker((db) =>
      db.query(sql`
        with added as (
          insert into terminal (org_id, serial) select ${org}, 'MANY' || n from generate_series(1, 4100) n
          returning id),
        placed as (
          insert into terminal_store (org_id, terminal_id, store_id, from_at)
          select ${org}, id, ${storeId}::bigint, '1970-01-01' from added)
        insert into terminal_status (org_id, terminal_id, status, from_at)
        select ${org}, id, 'active', '1970-01-01' from added`),
    )
    await addPolicy({ actor: organisation.actor, body: policy })
    expect(await lookedAt()).toBe(4101)
    expect(await lookedAt(1)).toBe(0)
    await done(
      call(patchStore, "/api/v1/stores/x", {
        method: "PATCH",
        headers: {
          ...(await givenPerson(organisation.orgId, "manager")).headers,
          "content-type": "application/json",
        },
        body: JSON.stringify({ openingHours: null }),
        params: { id: String(storeId) },
      }),
    )
    expect(await lookedAt(1)).toBe(4101)
  })
})

describe("a change of master data is seen by the next rounds", () => {
  const twice = () => detect(organisation.orgId, 2)
  const thrice = () => detect(organisation.orgId, 3, 3)

  beforeEach(async () => {
    await givenBeats(organisation.orgId, terminalId, { fields: { app: "1.0" } })
    await lookedAt()
  })

  test("a minimum version that is added, changed and removed", async () => {
    const { actor } = organisation
    const { id } = await addPolicy({ actor, body: policy })
    await twice()
    expect(await rulesNow()).toEqual(["release_behind"])
    await changePolicy({ actor, params: { id }, body: { ...policy, minimumVersion: "1.0" } })
    await thrice()
    expect(await rulesNow()).toEqual([])
    await changePolicy({ actor, params: { id }, body: policy })
    await detect(organisation.orgId, 2, 5)
    expect(await rulesNow()).toEqual(["release_behind"])
    await removePolicy({ actor, params: { id } })
    await detect(organisation.orgId, 3, 8)
    expect(await rulesNow()).toEqual([])
  })

  test("a terminal's model, its minimum version, its approval and its name", async () => {
    const { actor, orgId } = organisation
    const headers = await givenPerson(orgId, "manager")
    const lives = { printerHeadKm: null, chipInsertions: null, swipes: null }
    const draft = { manufacturer: null, priceMinor: null, ...lives }
    const model = await addModel({ actor, body: { ...draft, name: "M1" } })
    await addPolicy({ actor, body: { ...policy, model: model.id } })
    expect(await lookedAt(1)).toBe(0)
    await done(send(patchTerminal, headers, terminalId, { model: model.id }, "PATCH"))
    await detect(orgId, 2, 2)
    expect(await rulesNow()).toEqual(["release_behind"])
    const approval = {
      model: model.id,
      component: null,
      version: null,
      kind: "pci_pts" as const,
      reference: null,
      scheme: null,
      acquirer: null,
      purchaseEndOn: null,
      deployEndOn: null,
      useEndOn: "2026-01-01",
      source: "test",
      checkedOn: "2026-01-01",
    }
    await addApproval({ actor, body: approval })
    await detect(orgId, 2, 4)
    expect(await rulesNow()).toEqual(["release_behind", "model_past_use_end"])
    await changeModel({ actor, params: { id: model.id }, body: { ...draft, name: "M2" } })
    await detect(orgId, 1, 5)
    expect((await flagsOf(organisation.readKey)).data[1]?.reasons).toMatchObject([{ model: "M2" }])
  })

  test("a terminal that becomes a spare", async () => {
    await addPolicy({ actor: organisation.actor, body: policy })
    await twice()
    const manager = await givenPerson(organisation.orgId, "manager")
    await done(send(restate, manager, terminalId, { status: "spare" }))
    await thrice()
    expect(await rulesNow()).toEqual([])
    expect(await lookedAt(10_000)).toBe(0)
  })
})

test("a heartbeat that is folded meanwhile leaves its terminal without a flag", async () => {
  const { orgId } = organisation
  const { storeId: another } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { terminalId: other } = await givenTerminal(orgId, { storeId: another })
  for (const id of [terminalId, other]) await givenBeats(orgId, id, { until: 200 })
  await detect(orgId, 1)
  const now = new Date(Date.now() + minute)
  await asWorker((db) =>
    detectSlice(
      beforeFoldLock(db, () => givenBeats(orgId, terminalId, { until: 0, count: 1 })),
      { orgId, now, ids: [terminalId, other] },
    ),
  )
  await detect(orgId, 1, 2)
  expect((await flagsOf(organisation.readKey)).data).toMatchObject([{ terminal: { id: other } }])
})
