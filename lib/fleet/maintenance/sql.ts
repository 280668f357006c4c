import sql, { empty, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { WindowDraft, WindowQuery } from "@/lib/fleet/maintenance/schemas"
import type { Place as Standing } from "@/lib/fleet/maintenance/spans"
import type { WindowPlace } from "@/lib/fleet/maintenance/words"

type TimesRow = {
  place_kind: WindowPlace
  place_id: number
  starts: string
  ends: string
  is_weekly: boolean
  last_on: string | null
  ended_at: Date | null
}
const times = sql`
  w.place_kind, w.place_id, to_char(w.starts, 'YYYY-MM-DD"T"HH24:MI') as starts,
  to_char(w.ends, 'YYYY-MM-DD"T"HH24:MI') as ends, w.is_weekly, w.last_on, w.ended_at`

// A store's clock is at most 14 hours from UTC, and a weekly window at most a week long.
const mayTouch = (from: Sql): Sql => sql`
  (w.ended_at is null or w.ended_at > ${from}) and
  case when w.is_weekly then coalesce(w.last_on + 9 > (${from} at time zone 'UTC')::date, true)
       else w.ends > ${from} at time zone 'UTC' - interval '1 day' end`

/** An organisation's windows that may touch the time from an instant on. */
export const windowsFrom = (db: Db, { orgId, from }: { orgId: string; from: Date }) =>
  db.query<TimesRow>(sql`
  select ${times} from maintenance_window w
   where w.org_id = ${orgId}::uuid and ${mayTouch(sql`${from}::timestamptz`)}
   order by w.id`)

export type WindowRow = TimesRow & {
  id: number
  reason: string
  made_at: Date
  made_by: string
  name: string | null
  time_zone: string
}

// The zone is that of the terminal asked for, or of the place.
const windows = (terminal: number | undefined) => sql`
    from maintenance_window w
    join organisation o on o.id = w.org_id
    left join merchant m on w.place_kind = 'merchant' and m.id = w.place_id
    left join region r on w.place_kind = 'region' and r.id = w.place_id
    left join terminal t on w.place_kind = 'terminal' and t.id = w.place_id
    left join terminal_store p
      on p.terminal_id = ${terminal === undefined ? sql`t.id` : sql`${terminal}::bigint`} and p.to_at is null
    left join store s on s.id = case when w.place_kind = 'store' then w.place_id end
    left join store z on z.id = coalesce(p.store_id, s.id)`
const columns = sql`
  w.id, w.reason, w.made_at, w.made_by, ${times}, coalesce(z.time_zone, o.time_zone) as time_zone,
  coalesce(m.name, r.name, s.name, t.serial) as name`

// A place that was deleted has no terminals.
const isCurrent = sql`
  ${mayTouch(sql`now()`)} and (w.place_kind = 'organisation' or coalesce(m.id, r.id, s.id, t.id) is not null)`

/** The newest first. */
export const windowOrder: ListOrder = {
  list: "maintenance windows",
  keys: [{ value: sql`w.id`, type: "bigint" }],
  isDescending: true,
}

type Filter = Pick<WindowQuery, "state" | "terminal">

export const windowPage = (db: Db, { state, terminal }: Filter, slice: Slice) =>
  db.query<WindowRow & { place: Place }>(sql`
  select ${columns}, ${slice.place} as place
    ${windows(terminal)}
   where w.org_id = ${ownOrg} and ${state === "past" ? sql`not` : empty} (${isCurrent})
     ${
       terminal === undefined
         ? empty
         : sql`and w.place_id = case w.place_kind when 'terminal' then p.terminal_id when 'store' then z.id
             when 'region' then z.region_id when 'merchant' then z.merchant_id else 0 end`
     }
     and ${slice.condition}
  ${slice.ordered}`)

export const windowById = (db: Db, id: number) =>
  db.query<WindowRow>(sql`
  select ${columns} ${windows(undefined)} where w.org_id = ${ownOrg} and w.id = ${id}::bigint`)

const places: Record<WindowPlace, (id: number) => Sql> = {
  organisation: () => sql`select 1 from organisation where id = ${ownOrg}`,
  merchant: (id) => sql`select 1 from merchant where org_id = ${ownOrg} and id = ${id}::bigint`,
  region: (id) => sql`select 1 from region where org_id = ${ownOrg} and id = ${id}::bigint`,
  store: (id) => sql`select 1 from store where org_id = ${ownOrg} and id = ${id}::bigint`,
  terminal: (id) => sql`select 1 from terminal where org_id = ${ownOrg} and id = ${id}::bigint`,
}

export const idOf = (place: WindowDraft["place"]): number => ("id" in place ? place.id : 0)

/** Adds a window of a place within reach. */
export const insertWindow = (db: Db, draft: WindowDraft, by: string) =>
  db.query<{ id: number }>(sql`
  insert into maintenance_window (org_id, reason, place_kind, place_id, starts, ends, is_weekly, last_on,
    made_by)
  select ${ownOrg}, ${draft.reason}, ${draft.place.kind}, ${idOf(draft.place)}::bigint,
         ${draft.starts}::timestamp, ${draft.ends}::timestamp, ${draft.isWeekly}::boolean,
         ${draft.lastOn}::date, ${by}
   where exists (${places[draft.place.kind](idOf(draft.place))})
  returning id`)

/** Gives a window that goes on, or is still to come, other times. Its place stays. */
export const updateWindow = (db: Db, id: number, draft: WindowDraft) =>
  db.query<{ id: number }>(sql`
  update maintenance_window
     set reason = ${draft.reason}, starts = ${draft.starts}::timestamp, ends = ${draft.ends}::timestamp,
         is_weekly = ${draft.isWeekly}::boolean, last_on = ${draft.lastOn}::date
   where org_id = ${ownOrg} and id = ${id}::bigint and ended_at is null
     and place_kind = ${draft.place.kind} and place_id = ${idOf(draft.place)}::bigint
  returning id`)

export const endWindow = (db: Db, id: number, now: Date) =>
  db.query<{ id: number }>(sql`
  update maintenance_window set ended_at = ${now}::timestamptz
   where org_id = ${ownOrg} and id = ${id}::bigint and ended_at is null
  returning id`)

const standing = sql`s.id as store_id, s.region_id, s.merchant_id, s.time_zone`

/** Where terminals are. */
export const terminalPlaces = (db: Db, ids: readonly number[]) =>
  db.query<Standing>(sql`
  select p.terminal_id, ${standing}
    from terminal_store p
    join store s on s.id = p.store_id
   where p.terminal_id = any(${[...ids]}::bigint[]) and p.to_at is null`)

export const storePlaces = (db: Db, ids: readonly number[]) =>
  db.query<Standing>(sql`
  select 0 as terminal_id, ${standing} from store s where s.id = any(${[...ids]}::bigint[])`)
