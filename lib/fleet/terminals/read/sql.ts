import sql, { empty, raw, type Sql } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { hoursFrom, rawFrom } from "@/lib/base/db/kept"
import type { Db } from "@/lib/base/db/transaction"
import { ordered, type Key, type ListOrder, type Place, type Slice } from "@/lib/base/pages/list-order"
import { tolerableOffsetMs } from "@/lib/base/time/clock"
import type { Seller } from "@/lib/fleet/terminals/purchase/purchase"
import type { TerminalFilter, TerminalQuery } from "@/lib/fleet/terminals/schemas"
import type { OnlineState, TerminalSort, TerminalStatus, WarrantyState } from "@/lib/fleet/terminals/words"

export type ListRow = {
  id: number
  serial: string
  tid: string | null
  status: TerminalStatus
  online_state: OnlineState
  last_beat_at: Date | null
  model: string | null
  store_id: number
  store_name: string
  merchant: string | null
  app: string | null
  open_flags: number
  clock_offset_ms: number
  labels: string[]
  supplier: string | null
  warranty_until: string | null
  is_warranty_over: boolean
  attempts: number
  failures: number
}

// A missing value counts as the lowest. Ties are broken by id.
const sortKey: Record<TerminalSort, Key> = {
  serial: { value: sql`serial`, type: "text" },
  store: { value: sql`store_name`, type: "text" },
  lastBeat: { value: sql`coalesce(extract(epoch from last_beat_at), 0)`, type: "numeric" },
  rate: { value: sql`case when attempts = 0 then -1 else failures::float8 / attempts end`, type: "float8" },
  flags: { value: sql`open_flags`, type: "bigint" },
  clock: { value: sql`abs(clock_offset_ms)`, type: "bigint" },
}

export const terminalOrder = ({ sort, order }: Pick<TerminalQuery, "sort" | "order">): ListOrder => ({
  list: `terminals by ${sort} ${order}`,
  keys: [sortKey[sort], { value: sql`id`, type: "bigint" }],
  isDescending: order === "desc",
})

const today = sql`(now() at time zone s.time_zone)::date`

/** The last seven days of store `s`, today included. The constant bounds prune partitions. */
const ofTheWeek = sql`
  d.day > ${today} - 7 and d.day <= ${today}
  and d.day > (now() - interval '9 days')::date and d.day < (now() + interval '2 days')::date`

const hasOpenFlag = sql`exists (select 1 from flag f where f.terminal_id = t.id and f.status = 'open')`

const isWarrantyOver = sql`coalesce(t.warranty_until < ${today}, false)`
const endsWithin = (days: number): Sql => sql`t.warranty_until between ${today} and ${today} + ${days}::int`

const warrantyIs: Record<WarrantyState, Sql> = {
  over: isWarrantyOver,
  within30: endsWithin(30),
  within90: endsWithin(90),
  within365: endsWithin(365),
  unknown: sql`t.warranty_until is null`,
}

const matching = ({
  q,
  state,
  status,
  merchant,
  store,
  model,
  supplier,
  flagged,
  clock,
  label,
  alike,
  warranty,
}: TerminalFilter): Sql => sql`
  true
  ${
    q
      ? sql`and (${contains([sql`t.serial`, sql`s.name`], q)}
       or exists (select from terminal_tid a
                   where a.terminal_id = t.id and a.to_at is null and ${contains([sql`a.tid`], q)}))`
      : empty
  }
  ${state === undefined ? empty : sql`and coalesce(st.online_state, 'unknown') = ${state}`}
  ${status === undefined ? empty : sql`and u.status = ${status}`}
  ${merchant === undefined ? empty : sql`and s.merchant_id = ${merchant}::bigint`}
  ${store === undefined ? empty : sql`and s.id = ${store}::bigint`}
  ${model === undefined ? empty : sql`and t.model_id = ${model}::bigint`}
  ${supplier === undefined ? empty : sql`and t.supplier_id = ${supplier}::bigint`}
  ${flagged === undefined ? empty : sql`and ${hasOpenFlag}`}
  ${clock === undefined ? empty : sql`and abs(st.clock_offset_ms) > ${tolerableOffsetMs}::bigint`}
  ${label === undefined ? empty : sql`and t.labels @> array[${label}]::text[]`}
  ${
    alike === undefined
      ? empty
      : sql`and exists (select from terminal o where o.serial_bare = t.serial_bare and o.id <> t.id)`
  }
  ${warranty === undefined ? empty : sql`and ${warrantyIs[warranty]}`}`

const joined = sql`
  from terminal t
  join terminal_status u on u.terminal_id = t.id and u.to_at is null
  join terminal_store p on p.terminal_id = t.id and p.to_at is null
  join store s on s.id = p.store_id
  left join merchant m on m.id = s.merchant_id
  left join terminal_model tm on tm.id = t.model_id
  left join supplier sp on sp.id = t.supplier_id
  left join terminal_state st on st.terminal_id = t.id`

const listed = (filter: TerminalFilter): Sql => sql`
    listed as (
      select t.id, t.serial,
             (select min(a.tid) from terminal_tid a where a.terminal_id = t.id and a.to_at is null) as tid,
             u.status,
             coalesce(st.online_state, 'unknown') as online_state, st.last_beat_at, tm.name as model,
             s.id as store_id, s.name as store_name,
             m.name as merchant, st.app, coalesce(st.clock_offset_ms, 0) as clock_offset_ms,
             coalesce(t.labels, '{}') as labels,
             sp.name as supplier, t.warranty_until, ${isWarrantyOver} as is_warranty_over,
             (select count(*) from flag f where f.terminal_id = t.id and f.status = 'open') as open_flags,
             coalesce(w.attempts, 0) as attempts, coalesce(w.failures, 0) as failures
      ${joined}
        left join lateral (
          select sum(d.presentments)::int as attempts, sum(d.failures)::int as failures
            from terminal_day d where d.terminal_id = t.id and ${ofTheWeek}) w on true
       where ${matching(filter)})`

export const terminalPage = (db: Db, filter: TerminalFilter, slice: Slice) =>
  db.query<ListRow & { place: Place }>(sql`
  with ${listed(filter)}
  select *, ${slice.place} as place
    from listed
   where ${slice.isMeant}
  ${slice.ordered}`)

/** The ids of all matching terminals, in the list's order. */
export const listedIds = (db: Db, filter: TerminalFilter, order: ListOrder) =>
  db.query<{ id: number }>(sql`with ${listed(filter)} select id from listed ${ordered(order)}`)

export const countTerminals = (db: Db, filter: TerminalFilter) =>
  db.query<{ count: number }>(sql`select count(*) as count ${joined} where ${matching(filter)}`)

export const matchingIds = (db: Db, { limit, ...filter }: TerminalFilter & { limit: number }) =>
  db.query<{ id: number }>(sql`
  select t.id ${joined} where ${matching(filter)} order by t.serial, t.id limit ${limit}`)

type Named = { id: number; name: string }
export const merchantNames = (db: Db) =>
  db.query<Named>(sql`select id, name from merchant order by name limit 1000`)
export const storeNames = (db: Db) =>
  db.query<Named>(sql`select id, name from store order by name limit 5000`)
export const modelNames = (db: Db) =>
  db.query<Named>(sql`select id, name from terminal_model order by name limit 1000`)

export const supplierNames = (db: Db) =>
  db.query<Named>(sql`select id, name from supplier where is_supplier order by name limit 1000`)
export const acquirerNames = (db: Db) =>
  db.query<Named>(sql`select id, name from acquirer order by name limit 1000`)

/** Labels in use, in the actor's reach. */
export const labelNames = (db: Db) =>
  db.query<{ label: string }>(sql`
  select distinct l.label from terminal t cross join unnest(t.labels) as l (label) order by 1 limit 1000`)

export type ExportRow = {
  serial: string
  tid: string | null
  acquirer: string | null
  model: string | null
  status: TerminalStatus
  merchant: string | null
  region: string | null
  store: string
  storeName: string
  timeZone: string
  address: string | null
  labels: string[]
  supplier: string | null
  boughtOn: string | null
  warrantyUntil: string | null
}

/** Master data of these terminals, in the given order, with the first of several TIDs. */
export const exportRows = (db: Db, ids: number[]) =>
  db.query<ExportRow>(sql`
  select t.serial, a.tid, a.acquirer, tm.name as model, u.status, m.name as merchant, r.name as region,
         s.code as store, s.name as "storeName",
         s.time_zone as "timeZone", s.address, coalesce(t.labels, '{}') as labels, sp.name as supplier,
         t.bought_on as "boughtOn", t.warranty_until as "warrantyUntil"
    from unnest(${ids}::bigint[]) with ordinality as listed (id, place)
    join terminal t on t.id = listed.id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id
    left join merchant m on m.id = s.merchant_id
    left join region r on r.id = s.region_id
    left join terminal_model tm on tm.id = t.model_id
    left join supplier sp on sp.id = t.supplier_id
    left join lateral (
      select a.tid, q.code as acquirer from terminal_tid a left join acquirer q on q.id = a.acquirer_id
       where a.terminal_id = t.id and a.to_at is null order by a.tid limit 1) a on true
   order by listed.place`)

export type LabelRow = { id: number; serial: string; tid: string | null; store: string }

export const labelRows = (db: Db, ids: number[]) =>
  db.query<LabelRow>(sql`
  select t.id, t.serial,
         (select min(a.tid) from terminal_tid a where a.terminal_id = t.id and a.to_at is null) as tid,
         s.name as store
  ${joined}
   where t.id = any(${ids}::bigint[])
   order by s.name, t.serial`)

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
  supplier: (Named & Seller) | null
  bought_on: string | null
  warranty_until: string | null
  is_warranty_over: boolean
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
         st.carrier, st.mode, st.batch_opened_at,
         case when sp.id is not null then jsonb_build_object('id', sp.id, 'name', sp.name, 'warrantyMonths',
           sp.warranty_months) end as supplier,
         t.bought_on, t.warranty_until, ${isWarrantyOver} as is_warranty_over
  ${joined}
   where t.id = ${terminalId}::bigint`)

export type NewestSaid = {
  offline: { sales: number; amountMinor: number | null; oldestAt: string | null } | null
  position: { at: string; lat: number; lon: number; accuracyM: number | null; coordinates: string } | null
}

/** Unsent sales and position, each from the newest of the last 50 heartbeats that reports it. */
export const newestSaid = (db: Db, terminalId: number) =>
  db.query<NewestSaid>(sql`
  with recent as (
    select at, clock_offset_ms, offline_sales, offline_amount_minor, offline_oldest_at, lat, lon,
           position_accuracy_m, coordinates
      from heartbeat
     where terminal_id = ${terminalId}::bigint and at >= ${rawFrom} and at < now() + interval '8 days'
     order by at desc
     limit 50)
  select (select jsonb_build_object('sales', offline_sales, 'amountMinor', offline_amount_minor,
                                    'oldestAt', offline_oldest_at)
            from recent where offline_sales is not null order by at desc limit 1) as offline,
         (select jsonb_build_object('at', at + clock_offset_ms * interval '1 ms', 'lat', lat, 'lon', lon,
                                    'accuracyM', position_accuracy_m, 'coordinates', coalesce(coordinates,
                                      'wgs84'))
            from recent where lat is not null and lon is not null order by at desc limit 1) as position`)

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

export const recentBeats = (db: Db, terminalId: number, limit: number) =>
  db.query<BeatRow>(sql`
  select h.at + h.clock_offset_ms * interval '1 ms' as at, b.received_at, h.battery_pct, h.signal_dbm,
         h.network_type, h.printer_status, h.app,
         (coalesce(h.pinpad_ok, true) and coalesce(h.reader_ok, true) and coalesce(h.security_ok, true)
           and not coalesce(h.tamper, false)) as checks_ok
    from heartbeat h
    left join ingest_batch b on b.id = h.batch_id
   where h.terminal_id = ${terminalId}::bigint and ${isKept("h")} and h.at < now() + interval '8 days'
   order by h.at desc
   limit ${limit}`)

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
}

export const recentSales = (db: Db, terminalId: number, limit: number) =>
  db.query<SaleRow>(sql`
  select t.at + t.clock_offset_ms * interval '1 ms' as at, t.id, t.outcome, t.entry_mode, t.amount_minor,
         t.currency, t.operator, t.code_system, t.code,
         case when t.outcome in ('declined', 'failed') then coalesce(nullif(c.cause, 'none'),
           'unknown') end as cause, c.meaning_en, c.meaning_zh
    from transaction t
    left join response_code c on c.id = t.response_code_id
   where t.terminal_id = ${terminalId}::bigint and ${isKept("t")} and t.at < now() + interval '8 days'
   order by t.at desc, t.id desc
   limit ${limit}`)
