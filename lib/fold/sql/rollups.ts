import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

// The same columns by hour and by day, from the temporary tables `beat` and `sale`.

const beatColumns = `beats, max_gap_seconds, battery_min_pct, temperature_max_c, signal_avg_dbm, latency_avg_ms, storage_max_pct,
  reboots, network_errors, printer_lines, chip_reads, chip_failures, tap_reads, tap_failures, swipe_reads, swipe_failures`

const beatSums = `count(*)::int as beats, max(gap_seconds)::int as max_gap_seconds, min(battery_pct) as battery_min_pct,
  max(temperature_c) as temperature_max_c, avg(signal_dbm)::real as signal_avg_dbm, avg(latency_ms)::real as latency_avg_ms,
  max(storage_used_pct) as storage_max_pct, sum(reboots)::bigint as reboots, sum(network_errors)::bigint as network_errors,
  sum(printer_lines)::bigint as printer_lines, sum(chip_reads)::bigint as chip_reads, sum(chip_failures)::bigint as chip_failures,
  sum(tap_reads)::bigint as tap_reads, sum(tap_failures)::bigint as tap_failures, sum(swipe_reads)::bigint as swipe_reads,
  sum(swipe_failures)::bigint as swipe_failures`

const saleColumns = `presentments, failures, device, card, operator, system, unknown, raw_attempts, raw_failures, raw_device,
  raw_card, raw_operator, raw_system, raw_unknown, raw_cancelled, ecommerce, ch_issuer, ch_user, ch_tech, ch_chip, ch_contactless,
  ch_magstripe`

const byCause = (cause: string) => `count(*) filter (where not is_retry and cause = '${cause}')::int as ${cause}`
const rawByCause = (cause: string) => `count(*) filter (where cause = '${cause}')::int as raw_${cause}`
const byChannel = (channel: string) => `count(*) filter (where not is_retry and channel = '${channel}')::int as ch_${channel}`
const saleSums = [
  "count(*) filter (where not is_retry)::int as presentments",
  "count(*) filter (where not is_retry and failed)::int as failures",
  ...["device", "card", "operator", "system", "unknown"].map(byCause),
  "count(*)::int as raw_attempts",
  "count(*) filter (where failed)::int as raw_failures",
  ...["device", "card", "operator", "system", "unknown"].map(rawByCause),
  "count(*) filter (where outcome = 'cancelled')::int as raw_cancelled",
  "count(*) filter (where entry_mode = 'ecommerce')::int as ecommerce",
  ...["issuer", "user", "tech", "chip", "contactless", "magstripe"].map(byChannel),
].join(", ")

// A bucket without sales counts zero of them; a bucket without beats has no measurements.
const filled = saleColumns.split(",").map((column) => `coalesce(s.${column.trim()}, 0)`).join(", ")
const measured = beatColumns.split(",").map((column) => column.trim()).map((column) => (column === "beats" ? "coalesce(b.beats, 0)" : `b.${column}`)).join(", ")

// The newest app release that a beat or a sale of the bucket named.
const newestRelease = (alias: string) => `(array_agg(${alias} order by happened_at desc) filter (where ${alias} <> ''))[1] as app_release`

const bucketed = (key: string) => raw(`
  with b as (
    select terminal_id, store_id, ${key}, ${newestRelease("app")}, ${beatSums} from beat group by terminal_id, store_id, ${key}),
  s as (
    select terminal_id, store_id, ${key}, ${newestRelease("release")}, ${saleSums} from sale group by terminal_id, store_id, ${key})
  select terminal_id, ${key}, store_id, t.org_id, n.model_id, coalesce(b.app_release, s.app_release), ${measured}, ${filled}
    from b
    full join s using (terminal_id, store_id, ${key})
    join touched t using (terminal_id, store_id, day)
    join terminal n on n.id = terminal_id`)

/** Replaces the hours of touched terminal-days from `firstDay` on, which is as far back as hours are kept. */
export const replaceHours = async (db: Db, { firstDay, from, to }: { firstDay: string; from: Date; to: Date }): Promise<void> => {
  await db.query(sql`
    delete from terminal_hour h
     using touched t
     where h.terminal_id = t.terminal_id and h.store_id = t.store_id and h.day = t.day
       and h.hour >= ${from}::timestamptz and h.hour < ${to}::timestamptz`)
  await db.query(sql`
    insert into terminal_hour (terminal_id, hour, day, store_id, org_id, model_id, app_release, ${raw(beatColumns)}, ${raw(saleColumns)})
    select * from (${bucketed("hour, day")}) bucket
     where day >= ${firstDay}::date
     order by terminal_id, hour, store_id, day`)
}

/** Replaces the touched terminal-days. */
export const replaceDays = async (db: Db, { firstDay, lastDay }: { firstDay: string; lastDay: string }): Promise<void> => {
  await db.query(sql`
    delete from terminal_day d
     using touched t
     where d.terminal_id = t.terminal_id and d.store_id = t.store_id and d.day = t.day
       and d.day >= ${firstDay}::date and d.day <= ${lastDay}::date`)
  await db.query(sql`
    insert into terminal_day (terminal_id, day, store_id, org_id, model_id, app_release, ${raw(beatColumns)}, ${raw(saleColumns)})
    select * from (${bucketed("day")}) bucket
     order by terminal_id, day, store_id`)
}
