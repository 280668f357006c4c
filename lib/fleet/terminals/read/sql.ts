import sql, { empty, type Sql } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import { statesOf } from "@/lib/base/db/states-of"
import type { Db } from "@/lib/base/db/transaction"
import { ordered, type Key, type ListOrder, type Place, type Slice } from "@/lib/base/pages/list-order"
import { tolerableOffsetMs } from "@/lib/base/time/clock"
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

export const isWarrantyOver = sql`coalesce(t.warranty_until < ${today}, false)`
const endsWithin = (days: number): Sql => sql`t.warranty_until between ${today} and ${today} + ${days}::int`

const warrantyIs: Record<WarrantyState, Sql> = {
  over: isWarrantyOver,
  within30: endsWithin(30),
  within90: endsWithin(90),
  within365: endsWithin(365),
  unknown: sql`t.warranty_until is null`,
}

/** A placeholder of the organisation, written like `serial_key` and `tid_key`. */
const placeholderKey = sql`lower(btrim(normalize(g.name, NFKC)) collate "C")`

/** Whether terminal `t` has a placeholder as serial number or TID. */
const isPlaceholder = sql`exists (
  select
    from organisation org, unnest(org.placeholder_serials) as g (name)
   where org.id = ${ownOrg}
     and (t.serial_key = ${placeholderKey}
       or exists (select from terminal_tid a
                   where a.terminal_id = t.id and a.to_at is null and a.tid_key = ${placeholderKey})))`

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
  placeholder,
  warranty,
}: TerminalFilter): Sql => sql`
  t.merged_into is null
  ${
    q
      ? sql`and (${contains([sql`t.serial`, sql`s.name`], q)}
       or exists (select from terminal_tid a
                   where a.terminal_id = t.id and a.to_at is null and ${contains([sql`a.tid`], q)})
       or exists (select from terminal o where o.merged_into = t.id and ${contains([sql`o.serial`], q)}))`
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
      : sql`and exists (
        select from terminal o
         where o.serial_bare = t.serial_bare and o.id <> t.id and o.merged_into is null)`
  }
  ${placeholder === undefined ? empty : sql`and ${isPlaceholder}`}
  ${warranty === undefined ? empty : sql`and ${warrantyIs[warranty]}`}`

export const joined = sql`
  from terminal t
  join terminal_status u on u.terminal_id = t.id and u.to_at is null
  join terminal_store p on p.terminal_id = t.id and p.to_at is null
  join store s on s.id = p.store_id
  left join merchant m on m.id = s.merchant_id
  left join terminal_model tm on tm.id = t.model_id
  left join supplier sp on sp.id = t.supplier_id
  left join ${statesOf} st on st.terminal_id = t.id`

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
   where ${slice.condition}
  ${slice.ordered}`)

/** The ids of all matching terminals, in the list's order. */
export const listedIds = (db: Db, filter: TerminalFilter, order: ListOrder) =>
  db.query<{ id: number }>(sql`with ${listed(filter)} select id from listed ${ordered(order)}`)

export const countTerminals = (db: Db, filter: TerminalFilter) =>
  db.query<{ count: number }>(sql`select count(*) as count ${joined} where ${matching(filter)}`)

export const matchingIds = (db: Db, { limit, ...filter }: TerminalFilter & { limit: number }) =>
  db.query<{ id: number }>(sql`
  select t.id ${joined} where ${matching(filter)} order by t.serial, t.id limit ${limit}`)

export type Named = { id: number; name: string }
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
