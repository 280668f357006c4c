import sql, { raw, type Sql } from "sql-template-tag"
import { hoursFrom, rawFrom } from "@/lib/base/db/kept"
import type { Db } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"

type TrendRow = {
  hour: Date
  beats: number
  battery_min_pct: number | null
  temperature_max_c: number | null
  signal_avg_dbm: number | null
  latency_avg_ms: number | null
  storage_max_pct: number | null
  clock_fast_minutes: number | null
}

/**
 * Clock offsets come from raw rows, by the index of rows with an offset. An hour without such rows was
 * right, as far back as raw rows go.
 */
export const trendHours = (db: Db, { terminalId, from, to }: { terminalId: number; from: Date; to: Date }) =>
  db.query<TrendRow>(sql`
  with drift as (
    select date_bin('1 hour', at + clock_offset_ms * interval '1 ms', timestamptz 'epoch') as hour,
           avg(clock_offset_ms) as offset_ms
      from heartbeat
     where terminal_id = ${terminalId}::bigint and clock_offset_ms <> 0
       and at >= ${from}::timestamptz - interval '7 days' and at < ${to}::timestamptz + interval '7 days'
       and at + clock_offset_ms * interval '1 ms' >= ${rawFrom}
     group by 1)
  select hour, sum(beats)::int as beats, min(battery_min_pct) as battery_min_pct,
         max(temperature_max_c) as temperature_max_c,
         (sum(signal_sum_mdbm) / 1000.0 / nullif(sum(signal_count), 0))::real as signal_avg_dbm,
         (sum(latency_sum_us) / 1000.0 / nullif(sum(latency_count), 0))::real as latency_avg_ms,
         max(storage_max_pct) as storage_max_pct,
         case when exists (select from drift) and hour >= ${rawFrom}
              then (-coalesce(min(drift.offset_ms), 0) / 60000)::real end as clock_fast_minutes
    from terminal_hour
    left join drift using (hour)
   where terminal_id = ${terminalId}::bigint and hour >= greatest(${from}::timestamptz, ${hoursFrom})
     and hour < ${to}::timestamptz
   group by hour
   order by hour`)

// The index finds rows by the time as sent, which may be a week earlier than the corrected time. The
// corrected time decides.
const isKept = (alias: string): Sql => sql`
  ${raw(alias)}.at >= ${rawFrom} - interval '7 days'
    and ${raw(alias)}.at + ${raw(alias)}.clock_offset_ms * interval '1 ms' >= ${rawFrom}`

type BeatRow = {
  at: Date
  received_at: Date | null
  battery_pct: number | null
  signal_dbm: number | null
  network_type: string | null
  printer_status: string | null
  app: string | null
  checks_ok: boolean | null
}

const beatsOf = (db: Db, terminalId: number, limit: number) =>
  db.query<Omit<BeatRow, "received_at"> & { batch_id: number }>(sql`
  select h.at + h.clock_offset_ms * interval '1 ms' as at, h.batch_id, h.battery_pct, h.signal_dbm,
         h.network_type, h.printer_status, h.app,
         case when h.tamper then false
              when coalesce(h.pinpad_ok, h.reader_ok, h.security_ok) is not null
              then coalesce(h.pinpad_ok, true) and coalesce(h.reader_ok, true)
                   and coalesce(h.security_ok, true) end as checks_ok
    from heartbeat h
   where h.terminal_id = ${terminalId}::bigint and ${isKept("h")} and h.at < now() + interval '8 days'
   order by h.at desc
   limit ${limit}`)

const arrivalsOf = (db: Db, batchIds: number[]) =>
  db.query<{ id: number; received_at: Date }>(sql`
  select id, received_at from ingest_batch where id = any(${batchIds}::bigint[])`)

/** A batch is looked up by itself: on a cluster it need not lie beside each of its rows. */
export async function recentBeats(db: Db, terminalId: number, limit: number): Promise<BeatRow[]> {
  const beats = await beatsOf(db, terminalId, limit)
  const arrivals = await arrivalsOf(db, [...new Set(beats.map(({ batch_id: id }) => id))])
  const receivedAt = new Map(arrivals.map(({ id, received_at: at }) => [id, at]))
  return beats.map(({ batch_id: id, ...beat }) => ({ ...beat, received_at: receivedAt.get(id) ?? null }))
}

type SaleRow = {
  at: Date
  id: string
  outcome: "approved" | "declined" | "failed" | "cancelled" | "reversed"
  entry_mode: string | null
  amount_minor: number | null
  currency: string | null
  operator: string | null
  code_system: string | null
  code: string | null
  cause: string | null
  meaning_en: string | null
  meaning_zh: string | null
  verdict_cause: Cause | null
  verdict_share: number | null
  evidence: { code: string }[] | null
}

export const recentSales = (db: Db, terminalId: number, limit: number) =>
  db.query<SaleRow>(sql`
  select t.at + t.clock_offset_ms * interval '1 ms' as at, t.id, t.outcome, t.entry_mode, t.amount_minor,
         t.currency, t.operator, t.code_system, t.code,
         case when t.outcome in ('declined', 'failed') then coalesce(nullif(c.cause, 'none'),
           'unknown') end as cause, c.meaning_en, c.meaning_zh, v.cause as verdict_cause,
         greatest(v.p_device, v.p_card, v.p_operator, v.p_system) as verdict_share, v.evidence
    from transaction t
    left join response_code c on c.id = t.response_code_id
    left join verdict v on v.terminal_id = t.terminal_id and v.id = t.id and v.at = t.at and v.version > 0
   where t.terminal_id = ${terminalId}::bigint and ${isKept("t")} and t.at < now() + interval '8 days'
   order by t.at desc, t.id desc
   limit ${limit}`)
