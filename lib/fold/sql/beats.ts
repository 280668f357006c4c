import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

/**
 * Temporary table `beat`: the heartbeats of touched terminal-days, with what each cumulative counter grew
 * since it was last reported: among the day's earlier beats and the twenty before the day. A decrease is a
 * reset: the counter began at zero again. `gap_seconds` is the silence before the beat.
 */
export const deriveBeats = (db: Db, { from, to }: { from: Date; to: Date }) => db.query(sql`
  create temporary table beat on commit drop as
  with place as (
    select t.*, t.day::timestamp at time zone t.time_zone as begins_at, (t.day + 1)::timestamp at time zone t.time_zone as ends_at
      from touched t),
  reading as (
    select p.store_id, p.day, p.begins_at, h.at as happened_at, h.*
      from place p
      join heartbeat h on h.terminal_id = p.terminal_id and h.clock_offset_ms = 0 and h.at >= p.begins_at and h.at < p.ends_at
     where h.at >= ${from}::timestamptz and h.at < ${to}::timestamptz
    union all
    select p.store_id, p.day, p.begins_at, h.at + h.clock_offset_ms * interval '1 ms', h.*
      from place p
      join heartbeat h on h.terminal_id = p.terminal_id and h.clock_offset_ms <> 0
       and h.at >= p.begins_at - interval '8 days' and h.at < p.ends_at + interval '8 days'
       and h.at + h.clock_offset_ms * interval '1 ms' >= p.begins_at and h.at + h.clock_offset_ms * interval '1 ms' < p.ends_at
     where h.at >= ${from}::timestamptz - interval '8 days' and h.at < ${to}::timestamptz + interval '8 days'
    union all
    select p.store_id, p.day, p.begins_at, h.happened_at, (h.raw).*
      from place p
     cross join lateral (
       select earlier.happened_at, earlier.raw
         from (
           (select e.at as happened_at, e as raw
              from heartbeat e
             where e.terminal_id = p.terminal_id and e.clock_offset_ms = 0
               and e.at < p.begins_at and e.at >= p.begins_at - interval '35 days'
             order by e.at desc
             limit 20)
           union all
           select e.at + e.clock_offset_ms * interval '1 ms', e
             from heartbeat e
            where e.terminal_id = p.terminal_id and e.clock_offset_ms <> 0
              and e.at < p.begins_at + interval '8 days' and e.at >= p.begins_at - interval '42 days'
              and e.at + e.clock_offset_ms * interval '1 ms' < p.begins_at) earlier
        order by earlier.happened_at desc
        limit 20) h),
  known as (
    select r.*,
           extract(epoch from r.happened_at - lag(r.happened_at) over (partition by r.terminal_id, r.store_id, r.day order by r.happened_at, r.at)) as gap_seconds,
           last_known(r.reboots) over earlier as reboots_before,
           last_known(r.network_errors) over earlier as network_errors_before,
           last_known(r.printer_lines) over earlier as printer_lines_before,
           last_known(r.chip_reads) over earlier as chip_reads_before,
           last_known(r.chip_failures) over earlier as chip_failures_before,
           last_known(r.tap_reads) over earlier as tap_reads_before,
           last_known(r.tap_failures) over earlier as tap_failures_before,
           last_known(r.swipe_reads) over earlier as swipe_reads_before,
           last_known(r.swipe_failures) over earlier as swipe_failures_before
      from reading r
    window earlier as (
      partition by r.terminal_id, r.store_id, r.day order by r.happened_at, r.at rows between unbounded preceding and 1 preceding))
  select k.terminal_id, k.store_id, k.day, k.happened_at, date_bin('1 hour', k.happened_at, timestamptz 'epoch') as hour, k.app,
         k.gap_seconds, k.battery_pct, k.temperature_c, k.signal_dbm, k.latency_ms, k.storage_used_pct,
         case when k.reboots >= k.reboots_before then k.reboots - k.reboots_before when k.reboots_before is not null then k.reboots end as reboots,
         case when k.network_errors >= k.network_errors_before then k.network_errors - k.network_errors_before when k.network_errors_before is not null then k.network_errors end as network_errors,
         case when k.printer_lines >= k.printer_lines_before then k.printer_lines - k.printer_lines_before when k.printer_lines_before is not null then k.printer_lines end as printer_lines,
         case when k.chip_reads >= k.chip_reads_before then k.chip_reads - k.chip_reads_before when k.chip_reads_before is not null then k.chip_reads end as chip_reads,
         case when k.chip_failures >= k.chip_failures_before then k.chip_failures - k.chip_failures_before when k.chip_failures_before is not null then k.chip_failures end as chip_failures,
         case when k.tap_reads >= k.tap_reads_before then k.tap_reads - k.tap_reads_before when k.tap_reads_before is not null then k.tap_reads end as tap_reads,
         case when k.tap_failures >= k.tap_failures_before then k.tap_failures - k.tap_failures_before when k.tap_failures_before is not null then k.tap_failures end as tap_failures,
         case when k.swipe_reads >= k.swipe_reads_before then k.swipe_reads - k.swipe_reads_before when k.swipe_reads_before is not null then k.swipe_reads end as swipe_reads,
         case when k.swipe_failures >= k.swipe_failures_before then k.swipe_failures - k.swipe_failures_before when k.swipe_failures_before is not null then k.swipe_failures end as swipe_failures
    from known k
    join terminal_store p on p.terminal_id = k.terminal_id and p.store_id = k.store_id
     and p.from_at <= k.happened_at and (p.to_at is null or k.happened_at < p.to_at)
   where k.happened_at >= k.begins_at`)
