import sql from "sql-template-tag"
import { beforeEach, describe, expect, test } from "vitest"
import { GET as getCalendar } from "@/app/api/v1/replacements/calendar/route"
import { GET as getForecast } from "@/app/api/v1/replacements/route"
import { GET as getReplaced } from "@/app/api/v1/replacements/terminals/route"
import { changeOrganisation } from "@/lib/access/organisation/change-organisation"
import { asWorker } from "@/lib/base/db/transaction"
import { daysAfter } from "@/lib/base/time/days-after"
import { addDays, addMonths, localDay } from "@/lib/base/time/zone"
import { faultRules } from "@/lib/insight/flags/words"
import { handleFlags } from "@/lib/insight/handling/handle-flags"
import { learnLives } from "@/lib/insight/replacement/learn-lives"
import { modelLives } from "@/lib/insight/replacement/sql"
import { quartersFrom } from "@/lib/outlook/replacements/quarters"
import type { Calendar, Forecast, ReplacedPage } from "@/lib/outlook/replacements/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal, type Organisation } from "@/tests/support/factories"
import { detect, flagsOf, givenBeats } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"
import { reportOf } from "@/tests/support/weekly-report"

useDatabase()

let organisation: Organisation
let modelId: number
const today = localDay(new Date(), "Asia/Shanghai")

beforeEach(async () => {
  organisation = await givenOrganisation()
  const [model] = await asWorker((db) =>
    db.query<{ id: number }>(sql`
    insert into terminal_model (org_id, name, price_minor)
    values (${organisation.orgId}::uuid, 'A920', 60000) returning id`),
  )
  modelId = model?.id ?? 0
  // Failures are known for ten years.
  await asWorker((db) =>
    db.query(sql`
    update organisation set created_at = now() - interval '10 years'
     where id = ${organisation.orgId}::uuid`),
  )
})

/** A terminal in service since it was bought, with so many failures, two months apart. */
async function givenUsed({
  months,
  failures = 0,
  status = "active",
  rule = "chip_reader",
  warranty = null as string | null,
}: {
  months: number
  failures?: number
  status?: string
  rule?: string
  warranty?: string | null
}) {
  const { orgId } = organisation
  const terminal = await givenTerminal(orgId, { modelId, status })
  const boughtOn = addMonths(today, -months)
  await asWorker(async (db) => {
    await db.query(sql`
      update terminal set bought_on = ${boughtOn}::date, warranty_until = ${warranty}::date
       where id = ${terminal.terminalId}::bigint`)
    await db.query(sql`
      update terminal_status set from_at = ${boughtOn}::date
       where terminal_id = ${terminal.terminalId}::bigint`)
    await db.query(sql`
      insert into finding (org_id, rule, subject, terminal_id, store_id, outcome, found_at, by)
      select ${orgId}::uuid, ${rule}, ${`terminal:${terminal.terminalId}`}, ${terminal.terminalId}::bigint,
             ${terminal.storeId}::bigint, 'fixed', now() - i * interval '50 days', 'test'
        from generate_series(1, ${failures}::int) i`)
  })
  await givenBeats(orgId, terminal.terminalId, { count: 2 })
  return terminal
}

const rulesOf = async (terminalId: number) =>
  (await flagsOf(organisation.readKey, `?terminal=${terminalId}`)).data.map(({ rule }) => rule)
const readForecast = async (key = organisation.readKey) =>
  (await call(getForecast, "/api/v1/replacements", { key })).json() as Promise<Forecast>
const readReplaced = async (search: string) =>
  (
    await call(getReplaced, `/api/v1/replacements/terminals?${search}`, { key: organisation.readKey })
  ).json() as Promise<ReplacedPage>
const quarters = quartersFrom(today).map(({ name }) => name)

describe("a terminal that fails far more often than others", () => {
  test("costs more than a new one, with its numbers, and its warranty comes first", async () => {
    const until = addDays(today, 30)
    const { terminalId } = await givenUsed({ months: 70, failures: 40, warranty: until })
    await detect(organisation.orgId, 2)
    const { data } = await flagsOf(organisation.readKey, "?rule=keeping_costs_more")
    expect(data).toMatchObject([
      {
        kind: "replacement",
        terminal: { id: terminalId },
        reasons: [
          { code: "keeping_costs_more", currency: "CNY", ageMonths: 70, failures: 40 },
          { code: "in_warranty", on: until },
        ],
      },
    ])
    const [reason] = data[0]?.reasons ?? []
    if (reason?.code !== "keeping_costs_more") throw new Error("another reason")
    expect(reason.keepingMinor).toBeGreaterThan(reason.newMinor)

    await changeOrganisation({
      actor: organisation.actor,
      change: { visitCostMinor: 0, partsCostMinor: 0, downtimeHours: 0 },
    })
    await lookAgain(terminalId)
    await detect(organisation.orgId, 3, 3)
    expect(await rulesOf(terminalId)).toEqual(["repeated_failures"])
  })

  test.each(["spare", "retired", "in_repair"])("is not accused as %s", async (status) => {
    const { terminalId } = await givenUsed({ months: 70, failures: 40, status })
    await detect(organisation.orgId, 2)
    expect(await rulesOf(terminalId)).toEqual([])
  })
})

const lookAgain = (terminalId: number) =>
  asWorker((db) =>
    db.query(sql`
    update terminal_state set next_look_at = '-infinity' where terminal_id = ${terminalId}::bigint`),
  )

test("age alone asks for nothing, and neither do visits that found no fault of the terminal", async () => {
  const old = await givenUsed({ months: 110 })
  const idle = await givenUsed({ months: 20, failures: 40, rule: "idle" })
  await detect(organisation.orgId, 2)
  expect([await rulesOf(old.terminalId), await rulesOf(idle.terminalId)]).toEqual([[], []])
})

test("the third confirmed failure within 180 days asks for a review, and it ends with time", async () => {
  const { orgId, actor, readKey } = organisation
  const { terminalId } = await givenUsed({ months: 5, failures: 2 })
  await givenBeats(orgId, terminalId, { count: 1, fields: { reader_ok: false } })
  await detect(orgId, 2)
  const [flag] = (await flagsOf(readKey, `?terminal=${terminalId}`)).data
  expect(flag?.rule).toBe("self_check")
  await handleFlags({ actor, body: { ids: [flag?.id ?? 0], change: { what: "find", outcome: "fixed" } } })
  await detect(orgId, 2, 2)
  expect(await rulesOf(terminalId)).toContain("repeated_failures")
  await asWorker((db) =>
    db.query(sql`
    update finding set found_at = found_at - interval '170 days' where terminal_id = ${terminalId}::bigint`),
  )
  await lookAgain(terminalId)
  await detect(orgId, 3, 5)
  expect(await rulesOf(terminalId)).not.toContain("repeated_failures")
})

test("lives count confirmed failures by age, once in thirty days, and repairs", async () => {
  const { orgId } = organisation
  await givenUsed({ months: 12, failures: 3 })
  const repaired = await givenUsed({ months: 12 })
  await asWorker(async (db) => {
    await db.query(sql`
      update terminal_status set to_at = now() - interval '100 days'
       where terminal_id = ${repaired.terminalId}::bigint`)
    await db.query(sql`
      insert into terminal_status (org_id, terminal_id, status, from_at)
      select ${orgId}::uuid, ${repaired.terminalId}::bigint, 'in_repair', to_at from terminal_status
       where terminal_id = ${repaired.terminalId}::bigint`)
    // A week later somebody writes down what it was.
    await db.query(sql`
      insert into finding (org_id, rule, subject, terminal_id, outcome, found_at, by)
      values (${orgId}::uuid, 'silent', 'x', ${repaired.terminalId}::bigint, 'fixed',
              now() - interval '93 days', 'test')`)
    const learn = (days: number) => learnLives(db, { orgId, now: daysAfter(new Date(), days), faultRules })
    expect(await learn(0)).toBeGreaterThan(0)
    expect(await learn(0)).toBe(0)
    expect(await learn(1)).toBeGreaterThan(0)
  })
  const lives = await asWorker((db) => modelLives(db, sql`${orgId}::uuid`))
  expect(new Set(lives.map((age) => age.modelId))).toEqual(new Set([modelId]))
  expect(lives.reduce((sum, { failures }) => sum + failures, 0)).toBe(4)
  const served = lives.reduce((sum, { terminalMonths }) => sum + terminalMonths, 0)
  expect(Math.abs(served - (12 + 12 - 100 / 30.4))).toBeLessThan(1.5)
})

describe("the forecast", () => {
  test("counts terminals whose use ends in the quarter, with their budget, and lists them", async () => {
    const { orgId } = organisation
    const first = await givenUsed({ months: 10 })
    await givenUsed({ months: 11 })
    await givenUsed({ months: 11, status: "spare" })
    const bad = await givenUsed({ months: 70, failures: 40 })
    const useEndOn = addMonths(today, 9)
    await asWorker((db) =>
      db.query(sql`
      insert into approval (org_id, model_id, kind, use_end_on, source, checked_on)
      values (${orgId}::uuid, ${modelId}::bigint, 'pci_pts', ${useEndOn}::date, 'test', current_date)`),
    )
    const { data, currency } = await readForecast()
    const quarter = quartersFrom(today).findIndex(({ from, to }) => from <= useEndOn && useEndOn < to)
    expect([data.length, currency, data[0]?.terminals, data[0]?.priceMinor]).toEqual([1, "CNY", 3, 60_000])
    expect(data[0]?.quarters[0]).toMatchObject({ useEnd: 0, cost: 1, budgetMinor: 60_000 })
    expect(data[0]?.quarters[quarter]).toMatchObject({ useEnd: 2, cost: 0, budgetMinor: 120_000 })
    expect(data[0]?.quarters[1]?.failures).toBeGreaterThan(0)

    const now = await readReplaced(`quarter=${quarters[0]}&model=${modelId}`)
    expect(now.data).toMatchObject([{ id: bad.terminalId, why: "cost", failures: 40 }])
    const then = await readReplaced(`quarter=${quarters[quarter]}&limit=1`)
    const rest = await readReplaced(`quarter=${quarters[quarter]}&limit=1&cursor=${then.nextCursor ?? ""}`)
    const listed = [...then.data, ...rest.data]
    expect(listed.map(({ why, useEndOn: on }) => [why, on])).toEqual([
      ["use_end", useEndOn],
      ["use_end", useEndOn],
    ])
    expect(listed.map(({ id }) => id)).toContain(first.terminalId)
    expect((await readReplaced("quarter=1999-Q1")).data).toEqual([])
  })

  test("has as many terminals whose use ends as the weekly report, closed stores left out", async () => {
    const { orgId, readKey } = organisation
    await givenUsed({ months: 10 })
    await givenUsed({ months: 11 })
    await givenUsed({ months: 11, status: "spare" })
    const gone = await givenUsed({ months: 10 })
    const useEndOn = addMonths(today, 6)
    await asWorker(async (db) => {
      await db.query(sql`
        update store set closed_on = ${addDays(today, -1)}::date where id = ${gone.storeId}::bigint`)
      await db.query(sql`
        insert into approval (org_id, model_id, kind, use_end_on, source, checked_on)
        values (${orgId}::uuid, ${modelId}::bigint, 'pci_pts', ${useEndOn}::date, 'test', current_date)`)
    })
    const due = (await readForecast()).data.map(({ quarters: all }) =>
      all.reduce((sum, { useEnd }) => sum + useEnd, 0),
    )
    const { modelsDue } = await reportOf(readKey)
    expect(due).toEqual([2])
    expect(modelsDue).toEqual([{ model: "A920", useEndOn, terminals: 2 }])
  })

  test("has the terminals of a limited reader's stores", async () => {
    const { orgId } = organisation
    const own = await givenUsed({ months: 70, failures: 40 })
    await givenUsed({ months: 70, failures: 40 })
    const { headers } = await givenPerson(orgId, "viewer", { stores: [own.storeId] })
    const answer = (await (await call(getForecast, "/api/v1/replacements", { headers })).json()) as Forecast
    expect(answer.data).toMatchObject([{ terminals: 1 }])
    expect(answer.data[0]?.quarters[0]?.cost).toBe(1)
  })
})

test("the calendar has approvals, ends of support, and warranties by month", async () => {
  const { orgId, readKey } = organisation
  const month = addMonths(`${today.slice(0, 7)}-01`, 4)
  const { terminalId } = await givenUsed({ months: 10, warranty: addDays(month, 4) })
  await givenBeats(orgId, terminalId, { count: 1, fields: { os: "Android 10" } })
  await givenUsed({ months: 10, warranty: addDays(month, 20) })
  await asWorker(async (db) => {
    await db.query(sql`
      insert into approval (org_id, model_id, kind, reference, purchase_end_on, use_end_on, source,
        checked_on)
      values (${orgId}::uuid, ${modelId}::bigint, 'pci_pts', '5.x', ${addMonths(month, 1)}::date,
              ${addMonths(month, 60)}::date, 'test', current_date)`)
    // The same from somebody else is not listed twice.
    await db.query(sql`
      insert into approval (org_id, model_id, kind, reference, purchase_end_on, source, checked_on)
      values (${orgId}::uuid, ${modelId}::bigint, 'other', '5.x', ${addMonths(month, 1)}::date, 'test',
              current_date)`)
    await db.query(sql`
      insert into release (org_id, component, version, support_end_on)
      values (${orgId}::uuid, 'os', 'Android 10', ${addMonths(month, 2)}::date)`)
  })
  const answer = await call(getCalendar, "/api/v1/replacements/calendar", { key: readKey })
  expect(((await answer.json()) as Calendar).data).toMatchObject([
    { what: "warranty_end", on: addDays(month, 4), model: { name: "A920" }, terminals: 2 },
    { what: "purchase_end", on: addMonths(month, 1), reference: "5.x", terminals: 2 },
    { what: "support_end", on: addMonths(month, 2), component: "os", version: "Android 10", terminals: 1 },
  ])
})
