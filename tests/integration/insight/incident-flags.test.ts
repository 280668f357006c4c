import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { GET as getFlags } from "@/app/api/v1/flags/route"
import { asWorker } from "@/lib/base/db/transaction"
import { daysAfter } from "@/lib/base/time/days-after"
import { addWindow, endWindowNow } from "@/lib/fleet/maintenance/change-windows"
import type { FlagPage } from "@/lib/insight/flags/schemas"
import { weighStakes } from "@/lib/insight/flags/weigh-stakes"
import { incidentRules, type IncidentRule } from "@/lib/insight/flags/words"
import { handleFlags } from "@/lib/insight/handling/handle-flags"
import { followIncidents } from "@/lib/insight/nights/follow-incidents"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { detect, flagsOf, givenBeats } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

type Incident = { cls: string; subject: string; storeId?: number; value?: string }

async function givenIncident(orgId: string, { cls, subject, storeId, value }: Incident): Promise<number> {
  const [row] = await asWorker((db) =>
    db.query<{ id: number }>(sql`
    insert into incident (org_id, class, subject, store_id, value, first_on, last_on, opened_at, observed,
      expected, p, timeline)
    values (${orgId}::uuid, ${cls}, ${subject}, ${storeId ?? null}::bigint, ${value ?? null}, '2026-11-20',
            '2026-11-21', now(), 40, 8, 1e-9, '[]') returning id`),
  )
  return row?.id ?? 0
}
const follow = (orgId: string) => asWorker((db) => followIncidents(db, { orgId, at: new Date() }))
const write = (statement: ReturnType<typeof sql>) => asWorker((db) => db.query(statement))

test("an incident stands among the flags of whoever must act, once, until it is over", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const issuer = await givenIncident(orgId, { cls: "issuer", subject: "issuer/622202", value: "622202" })
  await givenIncident(orgId, { cls: "operator", subject: `operator/${storeId}/07`, storeId, value: "07" })
  await givenIncident(orgId, { cls: "ingest", subject: "ingest" })
  expect(await follow(orgId)).toEqual({ flagsOpened: 2, flagsClosed: 0 })
  expect(await follow(orgId)).toEqual({ flagsOpened: 0, flagsClosed: 0 })
  const { data, counts } = await flagsOf(readKey)
  expect(counts).toEqual({ issuer: 1, training: 1 })
  expect(data).toMatchObject([
    {
      kind: "issuer",
      rule: "issuer_down",
      incident: issuer,
      store: null,
      reasons: [{ code: "incident", who: "622202", observed: 40, expected: 8, on: "2026-11-21" }],
    },
    { kind: "training", rule: "cashier_errors", store: { id: storeId }, reasons: [{ who: "07" }] },
  ])

  await write(sql`update incident set observed = 60 where id = ${issuer}::bigint`)
  await follow(orgId)
  expect((await flagsOf(readKey, "?kind=issuer")).data).toMatchObject([{ reasons: [{ observed: 60 }] }])
  await write(sql`update incident set closed_at = now() where id = ${issuer}::bigint`)
  expect(await follow(orgId)).toEqual({ flagsOpened: 0, flagsClosed: 1 })
  expect((await flagsOf(readKey, "?kind=issuer")).data).toEqual([])
})

test("each rule of incidents has its story: its flag opens, has the newest numbers, and closes", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const stories: Record<IncidentRule, Incident> = {
    acquirer_down: { cls: "acquirer", subject: "acquirer/1" },
    carrier_down: { cls: "carrier", subject: "carrier/CMCC", value: "CMCC" },
    store_line: { cls: "store network", subject: `store network/${storeId}`, storeId },
    issuer_down: { cls: "issuer", subject: "issuer/622202", value: "622202" },
    card_testing: { cls: "card-testing", subject: "card-testing/1" },
    bad_release: { cls: "firmware", subject: "firmware/1/app:5.0", value: "app:5.0" },
    cashier_errors: { cls: "operator", subject: `operator/${storeId}/07`, storeId, value: "07" },
  }
  const told = async () =>
    (await flagsOf(readKey)).data
      .map(({ rule, reasons: [reason] }) => [rule, reason && "observed" in reason ? reason.observed : null])
      .toSorted()
  const all = (observed: number) => incidentRules.map((rule) => [rule, observed]).toSorted()
  for (const incident of Object.values(stories)) await givenIncident(orgId, incident)
  await follow(orgId)
  expect(await told()).toEqual(all(40))
  await write(sql`update incident set observed = 60 where org_id = ${orgId}::uuid`)
  expect(await follow(orgId)).toEqual({ flagsOpened: 0, flagsClosed: 0 })
  expect(await told()).toEqual(all(60))
  await write(sql`update incident set closed_at = now() where org_id = ${orgId}::uuid`)
  expect(await follow(orgId)).toEqual({ flagsOpened: 0, flagsClosed: incidentRules.length })
  expect(await told()).toEqual([])
})

test("one that somebody has closed stays closed while its incident goes on", async () => {
  const { orgId, readKey, actor } = await givenOrganisation()
  await givenIncident(orgId, { cls: "carrier", subject: "carrier/CMCC", value: "CMCC" })
  await follow(orgId)
  const [flag] = (await flagsOf(readKey)).data
  await handleFlags({
    actor,
    body: { ids: [flag?.id ?? 0], change: { what: "find", outcome: "wrong_cause" } },
  })
  expect(await follow(orgId)).toEqual({ flagsOpened: 0, flagsClosed: 0 })
})

test("during maintenance of its store none opens, and an open one is muted until it ends", async () => {
  const { orgId, actor, readKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  await givenIncident(orgId, { cls: "store network", subject: `store network/${storeId}`, storeId })
  const midnight = (days: number) => `${daysAfter(new Date(), days).toISOString().slice(0, 10)}T00:00`
  const add = () =>
    addWindow({
      actor,
      body: {
        reason: "New router",
        place: { kind: "store", id: storeId },
        starts: midnight(-2),
        ends: midnight(2),
        isWeekly: false,
        lastOn: null,
      },
    })
  const first = await add()
  expect(await follow(orgId)).toMatchObject({ flagsOpened: 0 })
  await endWindowNow({ actor, params: first })
  expect(await follow(orgId)).toMatchObject({ flagsOpened: 1 })
  const second = await add()
  await follow(orgId)
  expect((await flagsOf(readKey)).data).toMatchObject([{ mutedUntil: second.next?.to }])
  expect((await flagsOf(readKey, "?snoozed=hide")).data).toEqual([])
  await endWindowNow({ actor, params: second })
  await follow(orgId)
  expect((await flagsOf(readKey, "?snoozed=hide")).data).toMatchObject([{ mutedUntil: null }])
})

test("who sees one store sees its incidents' flags, and none of other stores or of all", async () => {
  const { orgId } = await givenOrganisation()
  const [here, there] = [await givenStore(orgId), await givenStore(orgId)]
  for (const { storeId } of [here, there])
    await givenIncident(orgId, { cls: "store network", subject: `store network/${storeId}`, storeId })
  await givenIncident(orgId, { cls: "issuer", subject: "issuer/622202", value: "622202" })
  await follow(orgId)
  const { headers } = await givenPerson(orgId, "viewer", { stores: [here.storeId] })
  const page = (await (await call(getFlags, "/api/v1/flags", { headers })).json()) as FlagPage
  expect(page.data).toMatchObject([{ rule: "store_line", store: { id: here.storeId } }])
})

test("flags say what is lost a week by their cause, and are ordered by it", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const terminals = [await givenTerminal(orgId, { storeId }), await givenTerminal(orgId, { storeId })]
  for (const { terminalId } of terminals)
    await givenBeats(orgId, terminalId, { fields: { printer_status: "out_of_order" } })
  await detect(orgId, 2)
  await givenIncident(orgId, { cls: "store network", subject: `store network/${storeId}`, storeId })
  await follow(orgId)
  const lose = (terminalId: number, cause: string, currency: string, minor: number, daysAgo: number) =>
    write(sql`
    insert into lost_day (terminal_id, org_id, store_id, day, cause, currency, sales, lost_minor)
    values (${terminalId}::bigint, ${orgId}::uuid, ${storeId}::bigint, current_date - ${daysAgo}::int,
            ${cause}, ${currency}, 1, ${minor}::bigint)`)
  const [first, second] = terminals
  await lose(first?.terminalId ?? 0, "device", "CNY", 4_000, 1)
  await lose(first?.terminalId ?? 0, "device", "CNY", 4_000, 20)
  await lose(first?.terminalId ?? 0, "device", "CNY", 90_000, 40)
  await lose(first?.terminalId ?? 0, "card", "CNY", 90_000, 1)
  await lose(second?.terminalId ?? 0, "device", "CNY", 1_000, 2)
  await lose(second?.terminalId ?? 0, "device", "USD", 12_000, 2)
  await lose(0, "system", "CNY", 400, 3)
  const weigh = async (minutesLater: number) => {
    let written = 0
    const now = new Date(Date.now() + minutesLater * 60_000)
    for await (const count of weighStakes({ orgId, now })) written += count
    return written
  }
  expect(await weigh(0)).toBe(3)
  const { data } = await flagsOf(readKey, "?sort=stake&order=desc")
  expect(data.map(({ stake }) => stake)).toEqual([
    { amountMinor: 3_000, currency: "USD" },
    { amountMinor: 2_000, currency: "CNY" },
    { amountMinor: 100, currency: "CNY" },
  ])
  // 2.5 % more of the first and 50 % more of the store's: only the second is written, once the hour is over.
  await lose(first?.terminalId ?? 0, "device", "CNY", 200, 3)
  await lose(0, "system", "CNY", 200, 4)
  expect(await weigh(59)).toBe(0)
  expect(await weigh(61)).toBe(1)
  const later = await flagsOf(readKey, "?sort=stake&order=desc")
  expect(later.data.map(({ stake }) => stake?.amountMinor)).toEqual([3_000, 2_000, 150])
})
