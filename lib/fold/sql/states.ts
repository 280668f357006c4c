import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

/**
 * Writes `terminal_state` of touched terminals anew: of each field the newest value among the last fifty
 * beats by measured time, so that the order in which beats came in makes no difference. The learnt interval
 * is the median of their gaps. A beat that came late says that the terminal lived when it was measured, not when
 * it came. What the detector wrote stays.
 */
export const writeStates = (db: Db, { from }: { from: Date }) => db.query(sql`
  with terminal_ids as (select terminal_id, min(org_id::text)::uuid as org_id from touched group by 1),
  recent as (
    select h.happened_at, (h.raw).*
      from terminal_ids t
     cross join lateral (
       select newest.happened_at, newest.raw
         from (
           (select e.at as happened_at, e as raw
              from heartbeat e
             where e.terminal_id = t.terminal_id and e.clock_offset_ms = 0
               and e.at >= least(${from}::timestamptz, now() - interval '42 days') and e.at < now() + interval '8 days'
             order by e.at desc
             limit 50)
           union all
           (select e.at + e.clock_offset_ms * interval '1 ms', e
              from heartbeat e
             where e.terminal_id = t.terminal_id and e.clock_offset_ms <> 0
               and e.at >= least(${from}::timestamptz, now() - interval '42 days') and e.at < now() + interval '8 days'
             order by 1 desc
             limit 50)) newest
        order by newest.happened_at desc
        limit 50) h),
  spaced as (
    select r.*, extract(epoch from r.happened_at - lag(r.happened_at) over (partition by r.terminal_id order by r.happened_at, r.at)) as gap
      from recent r),
  latest as (
    select s.terminal_id, max(s.happened_at) as last_beat_at, max(least(b.received_at, s.happened_at)) as last_received_at,
           percentile_cont(0.5) within group (order by s.gap)::int as learnt_interval_seconds,
           (array_agg(s.clock_offset_ms order by s.happened_at desc))[1] as clock_offset_ms,
           (array_agg(s.battery_pct order by s.happened_at desc) filter (where s.battery_pct is not null))[1] as battery_pct,
           (array_agg(s.battery_health_pct order by s.happened_at desc) filter (where s.battery_health_pct is not null))[1] as battery_health_pct,
           (array_agg(s.charging order by s.happened_at desc) filter (where s.charging is not null))[1] as charging,
           (array_agg(s.temperature_c order by s.happened_at desc) filter (where s.temperature_c is not null))[1] as temperature_c,
           (array_agg(s.network_type order by s.happened_at desc) filter (where s.network_type is not null))[1] as network_type,
           (array_agg(s.signal_dbm order by s.happened_at desc) filter (where s.signal_dbm is not null))[1] as signal_dbm,
           (array_agg(s.latency_ms order by s.happened_at desc) filter (where s.latency_ms is not null))[1] as latency_ms,
           (array_agg(s.storage_used_pct order by s.happened_at desc) filter (where s.storage_used_pct is not null))[1] as storage_used_pct,
           (array_agg(s.printer_status order by s.happened_at desc) filter (where s.printer_status is not null))[1] as printer_status,
           (array_agg(s.pinpad_ok order by s.happened_at desc) filter (where s.pinpad_ok is not null))[1] as pinpad_ok,
           (array_agg(s.reader_ok order by s.happened_at desc) filter (where s.reader_ok is not null))[1] as reader_ok,
           (array_agg(s.security_ok order by s.happened_at desc) filter (where s.security_ok is not null))[1] as security_ok,
           (array_agg(s.host_reachable order by s.happened_at desc) filter (where s.host_reachable is not null))[1] as host_reachable,
           (array_agg(s.tamper order by s.happened_at desc) filter (where s.tamper is not null))[1] as tamper,
           (array_agg(s.os order by s.happened_at desc) filter (where s.os is not null))[1] as os,
           (array_agg(s.firmware order by s.happened_at desc) filter (where s.firmware is not null))[1] as firmware,
           (array_agg(s.app order by s.happened_at desc) filter (where s.app is not null))[1] as app,
           (array_agg(s.emv_kernel order by s.happened_at desc) filter (where s.emv_kernel is not null))[1] as emv_kernel,
           (array_agg(s.security_patch order by s.happened_at desc) filter (where s.security_patch is not null))[1] as security_patch
      from spaced s
      left join ingest_batch b on b.id = s.batch_id
     group by 1)
  insert into terminal_state as st (
    terminal_id, org_id, last_sale_at, last_beat_at, last_received_at, learnt_interval_seconds, clock_offset_ms, battery_pct,
    battery_health_pct, charging, temperature_c, network_type, signal_dbm, latency_ms, storage_used_pct, printer_status,
    pinpad_ok, reader_ok, security_ok, host_reachable, tamper, os, firmware, app, emv_kernel, security_patch)
  select t.terminal_id, t.org_id,
         (select max(s.happened_at) from sale s where s.terminal_id = t.terminal_id),
         l.last_beat_at, l.last_received_at, l.learnt_interval_seconds, coalesce(l.clock_offset_ms, 0), l.battery_pct,
         l.battery_health_pct, l.charging, l.temperature_c, l.network_type, l.signal_dbm, l.latency_ms, l.storage_used_pct, l.printer_status,
         l.pinpad_ok, l.reader_ok, l.security_ok, l.host_reachable, l.tamper, l.os, l.firmware, l.app, l.emv_kernel, l.security_patch
    from terminal_ids t
    left join latest l using (terminal_id)
   order by t.terminal_id
  on conflict (terminal_id) do update set
    last_sale_at = greatest(st.last_sale_at, excluded.last_sale_at), last_beat_at = excluded.last_beat_at,
    last_received_at = greatest(st.last_received_at, excluded.last_received_at),
    learnt_interval_seconds = excluded.learnt_interval_seconds, clock_offset_ms = excluded.clock_offset_ms,
    battery_pct = excluded.battery_pct, battery_health_pct = excluded.battery_health_pct, charging = excluded.charging,
    temperature_c = excluded.temperature_c, network_type = excluded.network_type, signal_dbm = excluded.signal_dbm,
    latency_ms = excluded.latency_ms, storage_used_pct = excluded.storage_used_pct, printer_status = excluded.printer_status,
    pinpad_ok = excluded.pinpad_ok, reader_ok = excluded.reader_ok, security_ok = excluded.security_ok,
    host_reachable = excluded.host_reachable, tamper = excluded.tamper, os = excluded.os, firmware = excluded.firmware,
    app = excluded.app, emv_kernel = excluded.emv_kernel, security_patch = excluded.security_patch`)
