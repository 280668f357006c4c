import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { PATCH as patchOrganisation } from "@/app/api/v1/organisation/route"
import { GET as getRehearsals } from "@/app/api/v1/rehearsals/route"
import { DELETE as deleteTightening } from "@/app/api/v1/rules/[rule]/tightening/route"
import { GET as getRules } from "@/app/api/v1/rules/route"
import { asWorker } from "@/lib/base/db/transaction"
import { daysAfter } from "@/lib/base/time/days-after"
import { addDays, localDay } from "@/lib/base/time/zone"
import type { Outcome } from "@/lib/insight/flags/outcomes"
import type { RuleRecords } from "@/lib/insight/handling/schemas"
import { nightSettings } from "@/lib/insight/sensitivity/night-settings"
import type { Rehearsals } from "@/lib/insight/sensitivity/schemas"
import { tightenRules } from "@/lib/insight/sensitivity/tighten-rules"
import { auditPage } from "@/tests/support/audit"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

type Found = { terminalId: number; storeId: number; outcome: Outcome; daysAgo?: number; times?: number }

const find = (orgId: string, { terminalId, storeId, outcome, daysAgo = 0, times = 1 }: Found) =>
  asWorker((db) =>
    db.query(sql`
    insert into finding (org_id, rule, subject, terminal_id, store_id, outcome, found_at, by)
    select ${orgId}::uuid, 'chip_reader', ${`terminal:${terminalId}`}, ${terminalId}::bigint,
           ${storeId}::bigint, ${outcome}, now() - ${daysAgo}::int * interval '1 day', 'somebody'
      from generate_series(1, ${times}::int)`),
  )

const rehearsalsOf = async (headers: Record<string, string>) =>
  (await (await call(getRehearsals, "/api/v1/rehearsals", { headers })).json()) as Rehearsals

describe("rehearsals", () => {
  /** Two rates would have opened a flag at one terminal, and the most sensitive one at another. */
  async function givenNights() {
    const { orgId } = await givenOrganisation()
    const places = [await givenStore(orgId), await givenStore(orgId)]
    const terminals = []
    for (const { storeId } of places) terminals.push(await givenTerminal(orgId, { storeId }))
    const [sure, unsure] = terminals
    if (!sure || !unsure) throw new Error("no terminals")
    const on = addDays(localDay(new Date(), "Asia/Shanghai"), -30)
    await asWorker((db) =>
      db.query(sql`
      with night as (
        update organisation set rehearsed_from = ${on}::date where id = ${orgId}::uuid),
      opened as (
        insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
          evaluated_at, reasons)
        values (${orgId}::uuid, 'maintenance', 'chip_reader', 'terminal:' || ${sure.terminalId}::bigint,
          ${sure.terminalId}::bigint, ${sure.storeId}::bigint, 'open', now(), now(), now(), '[]'))
      insert into rehearsed_flag (org_id, opened_on, step, rule, terminal_id, store_id)
      select ${orgId}::uuid, ${on}::date, g.step, 'chip_reader', g.terminal, g.store
        from (values (0, ${sure.terminalId}::bigint, ${sure.storeId}::bigint),
                     (1, ${sure.terminalId}::bigint, ${sure.storeId}::bigint),
                     (0, ${unsure.terminalId}::bigint, ${unsure.storeId}::bigint))
               as g (step, terminal, store)`),
    )
    return { orgId, sure, unsure, on }
  }

  test("count what each sensitivity would have opened, and what was found there later", async () => {
    const { orgId, sure, unsure, on } = await givenNights()
    const { headers } = await givenPerson(orgId, "viewer")
    await find(orgId, { ...sure, outcome: "fixed", daysAgo: 5 })
    await find(orgId, { ...unsure, outcome: "no_fault_found", daysAgo: 2 })
    const { since, sensitivity, data } = await rehearsalsOf(headers)
    expect({ since, sensitivity }).toEqual({ since: on, sensitivity: "normal" })
    expect(data).toMatchObject([
      { sensitivity: "high", rate: 0.05, opened: 2, confirmed: 1, noFaultFound: 1, missing: 0 },
      { sensitivity: "normal", rate: 0.01, opened: 1, confirmed: 1, noFaultFound: 0, missing: 0 },
      { sensitivity: "low", rate: 0.001, opened: 0, confirmed: 0, noFaultFound: 0, missing: 1 },
    ])
    const chip = data[0]?.rules.find(({ rule }) => rule === "chip_reader")
    expect(chip).toEqual({ rule: "chip_reader", opened: 2, confirmed: 1, noFaultFound: 1, missing: 0 })
  })

  test("count what was found once, for the last flag before it", async () => {
    const { orgId, sure } = await givenNights()
    const { headers } = await givenPerson(orgId, "viewer")
    // The fault came again before somebody came.
    await asWorker((db) =>
      db.query(sql`
      insert into rehearsed_flag (org_id, opened_on, step, rule, terminal_id, store_id)
      select org_id, opened_on + 3, step, rule, terminal_id, store_id
        from rehearsed_flag where org_id = ${orgId}::uuid and terminal_id = ${sure.terminalId}::bigint`),
    )
    await find(orgId, { ...sure, outcome: "fixed", daysAgo: 2 })
    expect((await rehearsalsOf(headers)).data).toMatchObject([
      { opened: 3, confirmed: 1 },
      { opened: 2, confirmed: 1 },
      { opened: 0, confirmed: 0 },
    ])
  })

  test("of a limited user are of their stores", async () => {
    const { orgId, unsure } = await givenNights()
    const { headers } = await givenPerson(orgId, "planner", { stores: [unsure.storeId] })
    expect((await rehearsalsOf(headers)).data.map(({ opened }) => opened)).toEqual([1, 0, 0])
  })

  test("of another organisation are not counted, and before the first night there is nothing", async () => {
    await givenNights()
    const { orgId } = await givenOrganisation()
    const { headers } = await givenPerson(orgId, "admin")
    const { since, data } = await rehearsalsOf(headers)
    expect(since).toBeNull()
    expect(data.map(({ opened }) => opened)).toEqual([0, 0, 0])
  })

  test("say what is set, which the next night follows", async () => {
    const { orgId } = await givenNights()
    const { headers } = await givenPerson(orgId, "admin")
    const body = JSON.stringify({ sensitivity: "low" })
    await call(patchOrganisation, "/api/v1/organisation", { method: "PATCH", headers, body })
    expect(await rehearsalsOf(headers)).toMatchObject({ sensitivity: "low", data: [{ missing: 0 }, {}, {}] })
    const settings = await asWorker((db) => nightSettings(db, orgId))
    expect(settings).toEqual({ sensitivity: "low", tightened: new Set() })
    expect((await auditPage(headers)).data).toMatchObject([
      { action: "organisation.changed", before: { sensitivity: "normal" }, after: { sensitivity: "low" } },
    ])
  })
})

describe("a rule that finds nothing too often", () => {
  async function givenFindings(noFaultFound: number, fixed: number) {
    const { orgId } = await givenOrganisation()
    const at = await givenTerminal(orgId)
    const { headers } = await givenPerson(orgId, "admin")
    const findings = async (wrong: number, right: number) => {
      await find(orgId, { ...at, outcome: "no_fault_found", times: wrong })
      await find(orgId, { ...at, outcome: "fixed", times: right })
    }
    await findings(noFaultFound, fixed)
    const tighten = () => tightenRules({ orgId, at: daysAfter(new Date(), 1) })
    const record = async () => {
      const { data } = (await (await call(getRules, "/api/v1/rules", { headers })).json()) as RuleRecords
      return data.find(({ rule }) => rule === "chip_reader")
    }
    const undo = (person = headers) =>
      call(deleteTightening, "/api/v1/rules/chip_reader/tightening", {
        method: "DELETE",
        headers: person,
        params: { rule: "chip_reader" },
      })
    return { orgId, headers, findings, tighten, record, undo }
  }

  test("is a step stricter from the next night on, which the audit log says", async () => {
    const { orgId, headers, tighten, record } = await givenFindings(11, 29)
    expect(await record()).toMatchObject({ findsNothing: true, noFaultFound: 11, tightenedAt: null })
    await tighten()
    await tighten()
    expect(await record()).toMatchObject({ tightenedAt: expect.any(String) as string, undoneAt: null })
    const { tightened } = await asWorker((db) => nightSettings(db, orgId))
    expect(tightened).toEqual(new Set(["chip_reader"]))
    expect((await auditPage(headers)).data).toMatchObject([
      {
        action: "rule.tightened",
        by: { kind: "system", name: "Tillwatch" },
        subject: { name: "chip_reader" },
        after: { findings: 40, noFaultFound: 11 },
      },
    ])
  })

  test.each([
    [10, 30],
    [11, 28],
  ])("is not one with %i of %i others", async (wrong, right) => {
    const { orgId, tighten, record } = await givenFindings(wrong, right)
    await tighten()
    expect(await record()).toMatchObject({ findsNothing: false, tightenedAt: null })
    expect((await asWorker((db) => nightSettings(db, orgId))).tightened).toEqual(new Set())
  })

  test("stays as it was once somebody took that back, until there are as many findings again", async () => {
    const { orgId, headers, findings, tighten, record, undo } = await givenFindings(11, 29)
    expect((await undo()).status).toBe(404)
    await tighten()
    const planner = await givenPerson(orgId, "planner")
    expect((await undo(planner.headers)).status).toBe(403)
    expect((await undo()).status).toBe(200)
    await tighten()
    expect(await record()).toMatchObject({ findsNothing: false, undoneAt: expect.any(String) as string })
    await findings(11, 28)
    await tighten()
    expect((await record())?.undoneAt).not.toBeNull()
    await findings(1, 0)
    await tighten()
    expect(await record()).toMatchObject({ findsNothing: true, undoneAt: null })
    expect((await auditPage(headers)).data.map(({ action }) => action)).toEqual([
      "rule.tightened",
      "rule.loosened",
      "rule.tightened",
    ])
  })
})
