import sql from "sql-template-tag"
import { rawFrom } from "@/lib/base/db/kept"
import type { Db } from "@/lib/base/db/transaction"
import type { Seller } from "@/lib/fleet/terminals/purchase/purchase"
import { isWarrantyOver, joined } from "@/lib/fleet/terminals/read/filter-sql"
import type { Named } from "@/lib/fleet/terminals/read/sql"
import type { OnlineState, TerminalStatus } from "@/lib/fleet/terminals/words"

export type DetailRow = {
  id: number
  serial: string
  tid: string | null
  status: TerminalStatus
  model: string | null
  code_system: string | null
  labels: string[]
  tids: { tid: string; acquirer: Named | null }[]
  store_id: number
  store_name: string
  store_code: string
  time_zone: string
  address: string | null
  has_hours: boolean
  merchant: string | null
  online_state: OnlineState | null
  online_state_since: Date | null
  last_beat_at: Date | null
  last_sale_at: Date | null
  learnt_interval_seconds: number | null
  clock_offset_ms: number | null
  battery_pct: number | null
  battery_health_pct: number | null
  charging: boolean | null
  temperature_c: number | null
  network_type: string | null
  signal_dbm: number | null
  latency_ms: number | null
  storage_used_pct: number | null
  printer_status: string | null
  pinpad_ok: boolean | null
  reader_ok: boolean | null
  security_ok: boolean | null
  host_reachable: boolean | null
  tamper: boolean | null
  os: string | null
  firmware: string | null
  app: string | null
  emv_kernel: string | null
  security_patch: string | null
  carrier: string | null
  mode: string | null
  batch_opened_at: Date | null
  offline_sales: number | null
  offline_amount_minor: number | null
  offline_oldest_at: Date | null
  offline_hours: number | null
  supplier: (Named & Seller) | null
  bought_on: string | null
  warranty_until: string | null
  is_warranty_over: boolean
  help_link_id: string | null
  help_link_hash: Buffer | null
}

export const terminalDetail = (db: Db, terminalId: number) =>
  db.query<DetailRow>(sql`
  select t.id, t.serial,
         (select min(a.tid) from terminal_tid a where a.terminal_id = t.id and a.to_at is null) as tid,
         u.status, tm.name as model,
         t.code_system, coalesce(t.labels, '{}') as labels,
         coalesce((select jsonb_agg(jsonb_build_object('tid', a.tid, 'acquirer',
           case when q.id is not null then jsonb_build_object('id', q.id, 'name', q.name) end) order by a.tid)
                     from terminal_tid a left join acquirer q on q.id = a.acquirer_id
                     where a.terminal_id = t.id and a.to_at is null), '[]') as tids,
         s.id as store_id, s.name as store_name, s.code as store_code, s.time_zone, s.address,
         s.opening_hours is not null as has_hours, m.name as merchant,
         st.online_state, st.online_state_since, st.last_beat_at, st.last_sale_at,
           st.learnt_interval_seconds, st.clock_offset_ms, st.battery_pct,
         st.battery_health_pct, st.charging, st.temperature_c, st.network_type, st.signal_dbm,
           st.latency_ms, st.storage_used_pct, st.printer_status,
         st.pinpad_ok, st.reader_ok, st.security_ok, st.host_reachable, st.tamper, st.os, st.firmware,
           st.app, st.emv_kernel, st.security_patch,
         st.carrier, st.mode, st.batch_opened_at, st.offline_sales, st.offline_amount_minor,
         st.offline_oldest_at,
         (select min(q.offline_hours)
            from terminal_tid a join acquirer q on q.id = a.acquirer_id
           where a.terminal_id = t.id and a.to_at is null) as offline_hours,
         case when sp.id is not null then jsonb_build_object('id', sp.id, 'name', sp.name, 'warrantyMonths',
           sp.warranty_months) end as supplier,
         t.bought_on, t.warranty_until, ${isWarrantyOver} as is_warranty_over, t.help_link_id,
         t.help_link_hash
  ${joined}
   where t.id = ${terminalId}::bigint`)

/**
 * The currency of the terminal's newest sale that names one, among the last 20. Not a part of the terminal's
 * row: a statement that reads two large tables makes a cluster's nodes send all states.
 */
export const newestCurrency = (db: Db, terminalId: number) =>
  db.query<{ currency: string }>(sql`
  select currency
    from (select at, currency
            from transaction
           where terminal_id = ${terminalId}::bigint and at >= ${rawFrom} and at < now() + interval '8 days'
           order by at desc
           limit 20) s
   where currency is not null
   order by at desc
   limit 1`)

export type NewestReports = {
  position: { at: string; lat: number; lon: number; accuracyM: number | null; coordinates: string } | null
  is_clock_known: boolean
}

/**
 * The position from the newest of the last 50 heartbeats that reports it, and whether one of them names the
 * time of sending.
 */
export const newestReports = (db: Db, terminalId: number) =>
  db.query<NewestReports>(sql`
  with recent as (
    select at, clock_offset_ms, lat, lon, position_accuracy_m, coordinates, sent_at
      from heartbeat
     where terminal_id = ${terminalId}::bigint and at >= ${rawFrom} and at < now() + interval '8 days'
     order by at desc
     limit 50)
  select (select jsonb_build_object('at', at + clock_offset_ms * interval '1 ms', 'lat', lat, 'lon', lon,
                                    'accuracyM', position_accuracy_m, 'coordinates', coalesce(coordinates,
                                      'wgs84'))
            from recent where lat is not null and lon is not null order by at desc limit 1) as position,
         exists (select from recent where sent_at is not null) as is_clock_known`)

export const terminalWithin = (db: Db, terminalId: number) =>
  db.query<{ id: number }>(sql`select id from terminal where id = ${terminalId}::bigint`)

type HistoryRow = {
  kind: "store" | "status" | "tid"
  value: string
  from_at: Date
  to_at: Date | null
  by_name: string | null
  note: string | null
}

export const terminalHistory = (db: Db, terminalId: number) =>
  db.query<HistoryRow>(sql`
  select 'store' as kind, s.name as value, p.from_at, p.to_at, p.by_name, p.note
    from terminal_store p join store s on s.id = p.store_id where p.terminal_id = ${terminalId}::bigint
  union all
  select 'status', status, from_at, to_at, by_name, note from terminal_status
  where terminal_id = ${terminalId}::bigint
  union all
  select 'tid', a.tid || coalesce(' (' || q.name || ')', ''), a.from_at, a.to_at, a.by_name, a.note
    from terminal_tid a left join acquirer q on q.id = a.acquirer_id
    where a.terminal_id = ${terminalId}::bigint
   order by from_at desc, kind, value`)
