import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getCsv } from "@/app/api/v1/reports/weekly/[week]/csv/route"
import { GET as getReport } from "@/app/api/v1/reports/weekly/[week]/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays } from "@/lib/base/time/zone"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { freezeReports } from "@/lib/outlook/reports/freeze-reports"
import type { WeeklyReport } from "@/lib/outlook/reports/schemas"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { upload } from "@/tests/support/code-packs"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { lines, transactionsOnce } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"
import { bookHours, reportOf, shanghai, week } from "@/tests/support/weekly-report"

useDatabase()

describe("a frozen report", () => {
  /** Two days after the week. */
  const due = new Date(shanghai(9, "00:00:00"))
  const lostOf = ({ lost }: WeeklyReport) =>
    Object.fromEntries(lost.data.map(({ value, sales }) => [value, sales]))
  const csvOf = async (key: string, query = "") => {
    const path = `/api/v1/reports/weekly/${week.name}/csv?lang=en${query}`
    return (await call(getCsv, path, { key, params: { week: week.name } })).text()
  }

  type Given = { id: string; at: string; code?: string; card: string }

  /** A customer without money, and a card that could not be read and works nowhere, as comes out later. */
  async function givenWeek() {
    const organisation = await givenOrganisation()
    const { orgId, ingestKey } = organisation
    const { storeId } = await givenStore(orgId)
    const send = async (terminal: string, sales: Given[]) => {
      const records = sales.map(({ card: cardRef, code = "00", ...sale }) => ({
        ...sale,
        terminal,
        code,
        cardRef,
        entryMode: "chip",
        amountMinor: 1000,
        currency: "CNY",
        codeSystem: code === "2M" ? "ums-mispos" : "unionpay",
        outcome: code === "00" ? "approved" : code === "2M" ? "failed" : "declined",
      }))
      await transactionsOnce({ key: ingestKey, body: lines(records) })
      await foldAll()
      await judgeFailedSales({ orgId, now: due })
    }
    const { serial } = await givenTerminal(orgId, { storeId })
    await send(serial, [
      { id: "a", at: shanghai(1, "10:00:00"), code: "51", card: "poor" },
      { id: "b", at: shanghai(1, "11:00:00"), code: "2M", card: "worn" },
    ])
    await bookHours(orgId)
    return { ...organisation, storeId, serial, send }
  }

  test("keeps what it said when codes are mapped anew and verdicts change", async () => {
    const { orgId, actor, readKey, storeId, serial, send } = await givenWeek()
    await freezeReports({ now: new Date(due.getTime() - 1) })
    const before = await weeklyReport({ actor, week: week.name, now: new Date(due.getTime() - 1) })
    expect(before).toMatchObject({ figures: "now", frozen: null, freezesAt: due.toISOString() })
    await freezeReports({ now: due })
    const frozen = await reportOf(readKey)
    expect(frozen).toMatchObject({
      figures: "frozen",
      frozen: { at: due.toISOString(), evidenceVersion: 0 },
      total: { attempts: 2, failures: 2 },
      changes: [],
    })
    expect(lostOf(frozen)).toEqual({ card: 1, device: 1 })
    expect(frozen.frozen?.codeTables).toContainEqual({ codeSystem: "unionpay", own: null, shipped: 1 })

    await upload(actor, "unionpay", [{ code: "51", cause: "operator", subcause: "wrong_pin" }])
    const times = Array.from({ length: 9 }, (_, i) => `1${i}:30:00`)
    const fine = times.map((time) => ({ id: `fine ${time}`, at: shanghai(1, time), card: time }))
    await send(serial, fine)
    const { serial: other } = await givenTerminal(orgId, { storeId })
    await send(other, fine)
    const again = times.slice(0, 2).map((time) => ({
      id: `worn ${time}`,
      at: shanghai(2, time),
      code: "2M",
      card: "worn",
    }))
    await send(other, again)
    expect(await reportOf(readKey)).toEqual(frozen)
    const now = await reportOf(readKey, week.name, "?figures=now")
    expect(now).toMatchObject({ figures: "now", frozen: frozen.frozen })
    expect(lostOf(now)).toEqual({ card: 3, operator: 1 })
    expect(now.changes).toEqual(
      [
        ["sales", null, 2, 22],
        ["failed", null, 2, 4],
        ["failed", "device", 1, 3],
        ["failed", "card", 1, 0],
        ["failed", "operator", 0, 1],
        ["lost", "device", 1, 0],
        ["lost", "card", 1, 3],
        ["lost", "operator", 0, 1],
      ].map(([figure, cause, was, is]) => ({ figure, cause, was, is })),
    )
    expect(await csvOf(readKey)).toContain("As it stood on")
    expect(await csvOf(readKey, "&figures=now")).toContain("Figures as they stand now")
  })
  test("is written once, kept from change, and only for readers of the whole organisation", async () => {
    await freezeReports({ now: due })
    const { orgId, readKey, storeId } = await givenWeek()
    const counts = await Promise.all([freezeReports({ now: due }), freezeReports({ now: due })])
    expect(counts.toSorted()).toEqual([0, 1])
    expect(await freezeReports({ now: due })).toBe(0)
    expect((await reportOf(readKey)).figures).toBe("frozen")
    await expect(
      asWorker((db) => db.query(sql`update frozen_report set figures = '{}' where org_id = ${orgId}::uuid`)),
    ).rejects.toThrow("permission denied")

    const { headers } = await givenPerson(orgId, "viewer", { stores: [storeId] })
    const path = `/api/v1/reports/weekly/${week.name}`
    const ofStore = await call(getReport, path, { headers, params: { week: week.name } })
    expect(await ofStore.json()).toMatchObject({
      isWhole: false,
      figures: "now",
      frozen: null,
      total: { attempts: 2 },
    })
    const { readKey: foreign } = await givenOrganisation()
    expect(await reportOf(foreign)).toMatchObject({ frozen: null, total: { attempts: 0 } })
  })

  test("waits for what a worker that was away does first: nights, hours and verdicts", async () => {
    const { orgId, readKey } = await givenWeek()
    const sunday = addDays(week.to, -1)
    const atEnd = sql`org_id = ${orgId}::uuid and day = ${sunday}::date`
    const late = [
      {
        begin: sql`update availability_day set day = day - 7 where ${atEnd}`,
        end: sql`update availability_day set day = day + 7 where org_id = ${orgId}::uuid
                    and day = ${sunday}::date - 7`,
      },
      {
        begin: sql`update verdict set due_at = '-infinity' where org_id = ${orgId}::uuid`,
        end: sql`update verdict set due_at = null where org_id = ${orgId}::uuid`,
      },
      {
        begin: sql`update ingest_batch
                      set judged_at = null, received_at = ${shanghai(6, "12:00:00")}::timestamptz
                    where org_id = ${orgId}::uuid`,
        end: sql`update ingest_batch set judged_at = now() where org_id = ${orgId}::uuid`,
      },
      {
        begin: sql`insert into engine_state (org_id, settled_on, settled_at, state)
                   values (${orgId}::uuid, ${sunday}::date - 1, now(), '')`,
        end: sql`update engine_state set settled_on = ${sunday}::date where org_id = ${orgId}::uuid`,
      },
    ]
    for (const { begin, end } of late) {
      await asWorker((db) => db.query(begin))
      await freezeReports({ now: due })
      expect((await reportOf(readKey)).frozen).toBeNull()
      await asWorker((db) => db.query(end))
    }
    await freezeReports({ now: due })
    expect((await reportOf(readKey)).figures).toBe("frozen")
  })

  test("is not written for a week without records, and is deleted with the days it is about", async () => {
    const empty = await givenOrganisation()
    await freezeReports({ now: due })
    expect((await reportOf(empty.readKey)).frozen).toBeNull()
    const { orgId } = await givenWeek()
    await asWorker((db) =>
      db.query(sql`
        insert into frozen_report (org_id, week_from, frozen_at, code_tables, evidence_version, figures)
        values (${orgId}::uuid, '2016-01-04', now(), '[]', 0, '{}')`),
    )
    await freezeReports({ now: due })
    const kept = await asWorker((db) =>
      db.query<{ on: string }>(sql`
        select week_from as on from frozen_report where org_id = ${orgId}::uuid`),
    )
    expect(kept).toEqual([{ on: week.from }])
  })
})
