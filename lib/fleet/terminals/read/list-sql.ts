import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { countRows, mostCounted } from "@/lib/base/pages/count"
import { ordered, type Key, type ListOrder, type Place, type Slice } from "@/lib/base/pages/list-order"
import { isAsking } from "@/lib/fleet/catalogue/open-flags"
import {
  isWarrantyOver,
  joinedMasters,
  matching,
  today,
  type Joined,
  type Matching,
} from "@/lib/fleet/terminals/read/filter-sql"
import type { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import type { OnlineState, TerminalSort, TerminalStatus } from "@/lib/fleet/terminals/words"

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

/** The last seven days of store `s`, today included. The constant bounds prune partitions. */
const ofTheWeek = sql`
  d.day > ${today} - 7 and d.day <= ${today}
  and d.day > (now() - interval '9 days')::date and d.day < (now() + interval '2 days')::date`

type Order = { keys: ListOrder["keys"]; reads?: Joined }
type Sorted = Pick<TerminalQuery, "sort" | "order">

const byId: Key = { value: sql`t.id`, type: "bigint" }
const standing = (value: Sql): Order => ({
  keys: [
    { value, type: "int" },
    { value: sql`x.terminal_id`, type: "bigint" },
  ],
  reads: "standing",
})
const ofState = (value: Sql, type: Key["type"]): Order => ({
  keys: [
    { value, type },
    { value: sql`sr.terminal_id`, type: "bigint" },
  ],
  reads: "orderedState",
})

// As in the index terminal_state_rank_idx.
const stateRank = sql`
  (case sr.online_state when 'offline' then 4 when 'suspect' then 3 when 'late' then 2 when 'online' then 1
    else 0 end)`

// A missing value counts as the lowest. Ties are broken by id.
const orders: Record<TerminalSort, (order: Sorted["order"]) => Order> = {
  serial: () => ({ keys: [{ value: sql`t.serial`, type: "text" }, byId] }),
  store: () => ({ keys: [{ value: sql`s.name`, type: "text" }, byId], reads: "store" }),
  state: () => ofState(stateRank, "int"),
  lastBeat: () => ofState(sql`sr.last_beat_hour`, "timestamptz"),
  // The worst first, or the best first; either way those with few sales last.
  rate: (order) => standing(order === "desc" ? sql`x.worst_rank` : sql`x.best_rank`),
  flags: () => standing(sql`x.open_flags`),
  clock: () => ofState(sql`sr.clock_drift_ms`, "bigint"),
}

export const terminalOrder = ({ sort, order }: Sorted): ListOrder => ({
  list: `terminals by ${sort} ${order}`,
  keys: orders[sort](order).keys,
  isDescending: order === "desc",
})

const sorted = ({ sort, order, ...chosen }: Matching & Sorted): Sql => {
  const { reads } = orders[sort](order)
  return matching(chosen, ...(reads ? [reads] : []))
}

/** The ids of a page's terminals, in order. */
export const pageIds = (db: Db, chosen: Matching & Sorted, slice: Slice) =>
  db.query<{ id: number; place: Place }>(sql`
  select t.id, ${slice.place} as place
  ${sorted(chosen)}
     and ${slice.condition}
  ${slice.ordered}`)

/** The ids of all matching terminals, in the list's order. */
export const listedIds = (db: Db, chosen: Matching & Sorted) =>
  db.query<{ id: number }>(sql`select t.id ${sorted(chosen)} ${ordered(terminalOrder(chosen))}`)

/** The first matching ids by serial number. */
export const matchingIds = (db: Db, { limit, ...chosen }: Matching & { limit: number }) =>
  db.query<{ id: number }>(sql`
  select t.id ${matching(chosen)} order by t.serial, t.id limit ${limit}`)

/** When failure rates were last ranked. Null if they never were. */
export const rankedAt = (db: Db) =>
  db.query<{ at: Date | null }>(sql`select standings_at as at from organisation where id = ${ownOrg}`)

/** Whether a filter has one condition, of which too many terminals were found to be counted. */
const isTooMany = ({ filter, found }: Matching): boolean =>
  Object.values(found).includes("many") &&
  Object.values(filter).filter((value) => value !== undefined).length === 1

export const countTerminals = (db: Db, chosen: Matching): ReturnType<typeof countRows> =>
  isTooMany(chosen)
    ? Promise.resolve({ total: mostCounted, isTotalExact: false })
    : countRows(db, sql`select 1 ${matching(chosen)}`)

/** Open flags, and sales of the last seven days, of these terminals. */
const flagsOf = (ids: Sql): Sql => sql`
  select f.terminal_id, count(*) as flags from flag f
   where f.terminal_id = any(${ids}) and ${isAsking} group by 1`
const weeksOf = (ids: Sql): Sql => sql`
  select d.terminal_id, sum(d.presentments)::int as attempts, sum(d.failures)::int as failures
    from terminal_day d
    join terminal_store p on p.terminal_id = d.terminal_id and p.to_at is null
    join store s on s.id = p.store_id
   where d.terminal_id = any(${ids}) and ${ofTheWeek}
   group by 1`

/**
 * What the list shows of these terminals, in the given order. On a cluster each part is found by the
 * terminals by itself.
 */
export const listRows = (db: Db, listed: readonly number[]) => {
  const ids = sql`${[...listed]}::bigint[]`
  return db.query<ListRow>(sql`
  select t.id, t.serial,
         (select min(a.tid) from terminal_tid a where a.terminal_id = t.id and a.to_at is null) as tid,
         u.status, coalesce(st.online_state, 'unknown') as online_state, st.last_beat_at, tm.name as model,
         s.id as store_id, s.name as store_name, m.name as merchant, st.app,
         coalesce(st.clock_offset_ms, 0) as clock_offset_ms, coalesce(t.labels, '{}') as labels,
         sp.name as supplier, t.warranty_until, ${isWarrantyOver} as is_warranty_over,
         coalesce(f.flags, 0) as open_flags, coalesce(w.attempts, 0) as attempts,
         coalesce(w.failures, 0) as failures
  ${joinedMasters}
    left join (select * from terminal_state where terminal_id = any(${ids})) st on st.terminal_id = t.id
    left join (${flagsOf(ids)}) f on f.terminal_id = t.id
    left join (${weeksOf(ids)}) w on w.terminal_id = t.id
   where t.id = any(${ids})
   order by array_position(${ids}, t.id)`)
}
