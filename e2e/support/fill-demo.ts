import sql from "sql-template-tag"
import { createKey } from "@/lib/access/keys/create-key"
import { closeDatabase } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { datesOfRange } from "@/lib/base/time/range"
import { lastCompleteWeek } from "@/lib/outlook/reports/last-complete-week"
import { weeklyReport } from "@/lib/outlook/reports/weekly-report"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { demoOrganisation, setDemoProgress } from "@/lib/run/demo/organisation"
import { demoZone } from "@/lib/run/demo/run"
import { sendWindow } from "@/lib/run/demo/send"
import { detect } from "@/tests/support/flags"
import { rawSales } from "@/tests/support/raw-sales"

// Adds the demo's organisation with two days of records to the running Tillwatch, and prints what raw rows
// say about them. It is a process of its own, because Playwright does not load the database's client.

const sentMs = 44 * 3_600_000

const demo = await demoOrganisation({ password: process.env["DEMO_PASSWORD"] ?? "" })
const { orgId } = demo.actor
const now = Date.now()
await sendWindow(demo, now - sentMs, now, { isLive: false })
await foldAll()
await detect(orgId, 3)
await setDemoProgress(orgId, 100)

const { first } = datesOfRange("7d", demoZone, new Date(now))
const raw = await rawSales(orgId, first)
/** An open incident, as a night makes it. */
const [incident] = await asWorker((db) =>
  db.query<{ id: number }>(sql`
    insert into incident (org_id, class, subject, value, first_on, last_on, opened_at, observed, expected, p,
                          timeline)
    values (${orgId}::uuid, 'issuer', 'issuer/622848', '622848', current_date, current_date, now(), 62, 7,
            1e-12, '[{"at": "2026-11-30T02:00:00.000Z", "what": "opened", "observed": 62, "expected": 7}]')
    on conflict (org_id, class, subject) where closed_at is null do update set last_on = excluded.last_on
    returning id`),
)
/** The last week's report as if it had been frozen before some of its sales came. */
const week = await lastCompleteWeek({ actor: demo.actor, now: new Date(now) })
const report = await weeklyReport({ actor: demo.actor, week })
const total = { ...report.total, attempts: report.total.attempts + 40 }
await asWorker((db) =>
  db.query(sql`
    insert into frozen_report (org_id, week_from, frozen_at, code_tables, evidence_version, figures)
    values (${orgId}::uuid, ${report.from}::date, now(),
            '[{"codeSystem": "unionpay", "own": 3, "shipped": 1}]', 2,
            ${JSON.stringify({ ...report, total })}::json)
    on conflict do nothing`),
)
const { key } = await createKey({
  actor: demo.actor,
  key: { label: "e2e", scopes: ["ingest", "read", "write"], reach: null, expiresAt: null },
})
process.stdout.write(
  JSON.stringify({
    key,
    incident: String(incident?.id),
    week,
    total: raw.total,
    byStore: Object.fromEntries(raw.byStore),
    byTerminal: Object.fromEntries(raw.byTerminal),
  }),
)
await closeDatabase()
