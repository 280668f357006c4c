import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { acquirers } from "@/tests/bench/read/seed-fleet"
import type { Seeded } from "@/tests/bench/read/seeded"

/** These terminals have all raw rows that are kept, the others those of a day. */
const wholeTerminals = 10
/** The import whose rows are listed. */
export const importId = "00000000-0000-4000-8000-000000000001"

/** Raw rows and their batches, what was rejected, flags and files. */
export async function addRecords(db: Db, { orgId, terminals }: Seeded): Promise<void> {
  const org = sql`${orgId}::uuid`
  await db.query(sql`
    insert into ingest_batch (org_id, kind, row_count, min_at, max_at, received_at, folded_at)
    select ${org}, 'heartbeat', 10, at, at, at, at
      from generate_series(1, ${2 * terminals}::bigint) n
     cross join lateral (
       select now() - interval '35 days' * (1 - n::float8 / ${2 * terminals}::bigint) as at) t`)
  await addRaw(db, org, { first: 1, last: wholeTerminals, days: 35, everyMinutes: 30 })
  await addRaw(db, org, { first: wholeTerminals + 1, last: terminals, days: 1, everyMinutes: 120 })
  await addQuarantine(db, org, terminals)
  await addFlags(db, org, terminals)
  await addImports(db, org, terminals)
  await addIncidents(db, org, terminals)
}

type Raw = { first: number; last: number; days: number; everyMinutes: number }

async function addRaw(db: Db, org: Sql, { first, last, days, everyMinutes }: Raw): Promise<void> {
  const times = sql`
    generate_series(${first}::bigint, ${last}::bigint) n
    cross join generate_series(now() - ${days}::int * interval '1 day', now() - interval '1 minute',
      ${everyMinutes}::int * interval '1 minute') at`
  await db.query(sql`
    insert into heartbeat (terminal_id, at, org_id, batch_id, battery_pct, network_type, signal_dbm,
      latency_ms, printer_status, app, firmware, os)
    select n, at, ${org}, n, 80, '4g', -71, 120, 'ok', '5.2', '1.2', '10' from ${times}`)
  await db.query(sql`
    insert into transaction (terminal_id, id, at, org_id, batch_id, outcome, code_system, code, entry_mode,
      amount_minor, currency, acquirer_id, operator, duration_ms)
    select n, 'sale ' || extract(epoch from at)::bigint, at + interval '7 seconds', ${org}, n,
           case hashint8(n + extract(epoch from at)::bigint) % 20 when 0 then 'declined' else 'approved' end,
           'unionpay', '05', 'chip', 1200, 'CNY', 1 + n % ${acquirers}::int, '01', 900
      from ${times}`)
}

const addQuarantine = (db: Db, org: Sql, terminals: number) =>
  db.query(sql`
    insert into quarantine (org_id, kind, code, message, record, received_at, last_received_at, record_hash,
      terminal, resolved_at, discarded_at)
    select ${org}, (array['heartbeat', 'transaction'])[1 + n % 2],
           (array['unknown_terminal', 'clock_wrong', 'invalid', 'too_old'])[1 + n % 4], 'wrong',
           '{"terminal": "X' || n % 3000 || '", "at": "2026-01-01T00:00:00Z"}', at, at,
           sha256(n::text::bytea), 'X' || n % 3000, case when n % 3 = 0 then at end,
           case when n % 6 = 0 then at end
      from generate_series(1, ${terminals}::bigint) n
     cross join lateral (
       select now() - interval '60 days' * (1 - n::float8 / ${terminals}::bigint) as at) t`)

const addFlags = (db: Db, org: Sql, terminals: number) =>
  db.query(sql`
    insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
      closed_at, evaluated_at, reasons)
    select ${org}, kind, rule, 'terminal:' || n, n, 2 + (n - 1) / 4,
           case when is_open then 'open' else 'closed' end, at, at,
           case when not is_open then at + interval '5 hours' end, now(), '[]'
      from generate_series(1, ${terminals}::bigint) n
     cross join lateral (
       select n % 33 = 0 as is_open, now() - (hashint8(n) & 2047) * interval '1 hour' as at,
              case when n % 2 = 0 then 'maintenance' else 'update' end as kind,
              case when n % 2 = 0 then 'silent' else 'release_behind' end as rule) f
     where n % 3 = 0 and n % 50 not in (20, 30, 40)`)

/** The first incident is a carrier's outage and reaches a fifth of the fleet. The others are of a store. */
async function addIncidents(db: Db, org: Sql, terminals: number): Promise<void> {
  await db.query(sql`
    insert into incident (id, org_id, class, subject, store_id, value, first_on, last_on, opened_at,
      closed_at, observed, expected, p, timeline)
    select n, ${org}, case n when 1 then 'carrier' else 'store network' end, 'subject ' || n,
           case when n > 1 then 2 + (n - 2) * 20 end, case n when 1 then 'carrier' end, at::date, at::date,
           at, case when n % 10 <> 1 then at + interval '9 hours' end, 40, 3, 1e-9,
           jsonb_build_array(jsonb_build_object('at', at, 'what', 'opened', 'observed', 40, 'expected', 3))
      from generate_series(1, ${1 + Math.ceil(terminals / 80)}::int) n
     cross join lateral (select now() - (hashint8(n) & 2047) * interval '1 hour' as at) t`)
  await db.query(sql`
    insert into incident_member (incident_id, terminal_id, org_id, store_id, first_on, last_on, observed,
      expected)
    select i.id, m.terminal_id, ${org}, m.store_id, i.first_on, i.last_on, 1 + m.terminal_id % 7, 0.3
      from incident i
      join terminal_store m on m.store_id = i.store_id
    union all
    select i.id, m.terminal_id, ${org}, m.store_id, i.first_on, i.last_on, 1 + m.terminal_id % 7, 0.3
      from incident i
      join terminal_store m on m.terminal_id % 5 = 1
     where i.id = 1`)
  await db.query(sql`select setval(pg_get_serial_sequence('incident', 'id'), 10000000)`)
}

async function addImports(db: Db, org: Sql, terminals: number): Promise<void> {
  await db.query(sql`
    insert into import_run (id, org_id, state, kind, file_name, file_hash, total_rows, rows_done, accepted,
      uploaded_at, started_at, finished_at)
    select case n when 1 then ${importId}::uuid else gen_random_uuid() end, ${org}, 'done', 'terminals',
           'file ' || n || '.csv', 'hash ' || n, 1000, 1000, 990, now() - n * interval '7 hours',
           now() - n * interval '7 hours', now() - n * interval '7 hours'
      from generate_series(1, 300) n`)
  await db.query(sql`
    insert into import_result (import_id, line, org_id, outcome, serial)
    select ${importId}::uuid, n, ${org}, (array['created', 'changed', 'unchanged', 'refused'])[1 + n % 4],
           'SN' || n
      from generate_series(1, ${terminals}::int) n`)
  await db.query(sql`
    insert into import_reject (import_id, line, org_id, code, message, "row")
    select ${importId}::uuid, n, ${org}, 'invalid', 'wrong', '{"SN": "1"}'
      from generate_series(1, ${Math.ceil(terminals / 10)}::int) n`)
  await db.query(sql`
    insert into import_profile (org_id, name, profile)
    select ${org}, 'profile ' || n, jsonb_build_object('name', 'profile ' || n, 'description', '',
             'kind', 'heartbeats', 'timeZone', 'UTC', 'columns', '{}'::jsonb, 'fields', '{}'::jsonb)
      from generate_series(1, 10) n`)
}
