import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { GET as getFlag } from "@/app/api/v1/flags/[id]/route"
import { POST as postHandling } from "@/app/api/v1/flags/handling/route"
import { GET as getRules } from "@/app/api/v1/rules/route"
import { asWorker } from "@/lib/base/db/transaction"
import { detectSlice } from "@/lib/insight/flags/detect"
import type { Change, FlagDetail, RuleRecords } from "@/lib/insight/handling/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { beforeFoldLock, detect, flagsOf, givenBeats, minute } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

/** An organisation with an open flag. */
async function givenFlag() {
  const { orgId, readKey } = await givenOrganisation()
  const planner = await givenPerson(orgId, "planner")
  const { terminalId } = await givenTerminal(orgId)
  await givenBeats(orgId, terminalId, { until: 1, fields: { reader_ok: false } })
  await detect(orgId, 2)
  const [flag] = (await flagsOf(readKey)).data
  const handle = (change: Change, { headers } = planner) =>
    call(postHandling, "/api/v1/flags/handling", {
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ ids: [flag?.id], change }),
    })
  const events = async () => {
    const answer = await call(getFlag, `/api/v1/flags/${flag?.id}`, {
      key: readKey,
      params: { id: String(flag?.id) },
    })
    return ((await answer.json()) as FlagDetail).events.map(({ change }) => change)
  }
  const ruleRecord = async () => {
    const { data } = (await (await call(getRules, "/api/v1/rules", { key: readKey })).json()) as RuleRecords
    return data.find(({ rule }) => rule === "self_check")
  }
  return { orgId, readKey, terminalId, handle, events, ruleRecord }
}

test("a flag is acknowledged, assigned and commented, and tells its history", async () => {
  const { readKey, handle, events } = await givenFlag()
  for (const change of [
    { what: "acknowledge" },
    { what: "assign", to: "North field service" },
    { what: "comment", text: "They come on Friday" },
  ] satisfies Change[])
    expect(await (await handle(change)).json()).toEqual({ changed: 1 })
  expect((await flagsOf(readKey)).data).toMatchObject([
    { assignee: "North field service", acknowledgedAt: expect.any(String), snoozedUntil: null },
  ])
  expect(await events()).toEqual([
    { what: "comment", text: "They come on Friday" },
    { what: "assign", to: "North field service" },
    { what: "acknowledge" },
  ])
})

test("a snoozed flag is hidden until its time has come", async () => {
  const { orgId, readKey, handle, ruleRecord } = await givenFlag()
  const shown = async () => (await flagsOf(readKey, "?snoozed=hide")).data.length
  expect(await ruleRecord()).toMatchObject({ opened: 1, open: 1 })
  await handle({ what: "snooze", until: new Date(Date.now() + 86_400_000).toISOString() })
  expect(await shown()).toBe(0)
  expect((await flagsOf(readKey, "?snoozed=only")).data).toHaveLength(1)
  expect(await ruleRecord()).toMatchObject({ opened: 1, open: 0 })
  await asWorker((db) =>
    db.query(sql`update flag set snoozed_until = now() - interval '1 second' where org_id = ${orgId}::uuid`),
  )
  expect(await shown()).toBe(1)
})

test("no fault found closes a flag, counts against its rule and quiets it for a week", async () => {
  const { orgId, readKey, handle, ruleRecord } = await givenFlag()
  const found = await handle({ what: "find", outcome: "no_fault_found", note: "Reads every card" })
  expect(await found.json()).toEqual({ changed: 1 })
  expect((await flagsOf(readKey)).data).toEqual([])
  expect(await ruleRecord()).toMatchObject({ opened: 1, open: 0, findings: 1, wrong: 1, precision: 0 })

  const evaluateAgain = async (endingIn: number) => {
    await asWorker((db) => db.query(sql`update terminal_state set next_look_at = '-infinity'`))
    await detect(orgId, 2, endingIn)
  }
  await evaluateAgain(2)
  expect((await flagsOf(readKey)).data).toEqual([])
  await asWorker((db) => db.query(sql`update finding set found_at = found_at - interval '8 days'`))
  await evaluateAgain(4)
  expect((await flagsOf(readKey)).data).toHaveLength(1)
})

test("a round that read a flag before it was closed leaves it closed", async () => {
  const { orgId, readKey, terminalId, handle } = await givenFlag()
  const close = () => handle({ what: "find", outcome: "wrong_cause" })
  const now = new Date(Date.now() + minute)
  await asWorker((db) => detectSlice(beforeFoldLock(db, close), { orgId, now, ids: [terminalId] }))
  expect((await flagsOf(readKey)).data).toEqual([])
})

test("where a terminal was moved to, its flag is handled", async () => {
  const { orgId, terminalId, handle, events } = await givenFlag()
  const { storeId } = await givenStore(orgId)
  await asWorker((db) =>
    db.query(sql`
      update terminal_store set store_id = ${storeId}::bigint where terminal_id = ${terminalId}::bigint`),
  )
  const there = await givenPerson(orgId, "planner", { stores: [storeId] })
  expect((await handle({ what: "acknowledge" }, there)).status).toBe(200)
  expect(await events()).toEqual([{ what: "acknowledge" }])
})

test("a repair counts for the rule, and the flag waits for the proof", async () => {
  const { readKey, handle, ruleRecord } = await givenFlag()
  await handle({ what: "find", outcome: "fixed" })
  expect((await flagsOf(readKey)).data).toHaveLength(1)
  expect(await ruleRecord()).toMatchObject({ findings: 1, right: 1, precision: 1 })
})

test("others cannot handle a flag, and a closed flag says so", async () => {
  const { orgId, readKey, handle } = await givenFlag()
  const elsewhere = await givenPerson((await givenOrganisation()).orgId, "admin")
  const viewer = await givenPerson(orgId, "viewer")
  const limited = await givenPerson(orgId, "planner", { stores: [1] })
  expect((await handle({ what: "acknowledge" }, viewer)).status).toBe(403)
  expect((await handle({ what: "acknowledge" }, elsewhere)).status).toBe(409)
  expect((await handle({ what: "acknowledge" }, limited)).status).toBe(409)
  await handle({ what: "find", outcome: "wrong_cause" })
  expect((await handle({ what: "acknowledge" })).status).toBe(409)
  expect((await flagsOf(readKey, "?status=closed")).data).toMatchObject([{ acknowledgedAt: null }])
})
