import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { UsualWeek } from "@/lib/insight/silence/usual-week"
import { hoursOnClock } from "@/lib/rollups/fold/sql/beat-hours"

/** Active terminals whose week is to be learnt: a seventh of all, and those without one of their store. */
export const terminalsToLearn = (db: Db, { orgId, seventh }: { orgId: string; seventh: number }) =>
  db.query<{ id: number }>(sql`
  select st.terminal_id as id
    from terminal_state st
    join terminal_store p on p.terminal_id = st.terminal_id and p.to_at is null
    join terminal_status u on u.terminal_id = st.terminal_id and u.to_at is null and u.status = 'active'
    left join usual_week w on w.terminal_id = st.terminal_id and w.store_id = p.store_id
   where st.org_id = ${orgId}::uuid and st.last_beat_at is not null
     and (st.terminal_id % 7 = ${seventh}::int or w.terminal_id is null)
   order by 1`)

export type SentRow = {
  id: number
  store_id: number
  time_zone: string
  /** In order, counted from 1970, and what was sent on each of them. */
  days: number[]
  hours: number[]
  beats: number[]
}

/** On which days terminals sent heartbeats at the store where they are now, and in which hours. */
export const sentBy = (db: Db, { orgId, ids, now }: { orgId: string; ids: readonly number[]; now: Date }) =>
  db.query<SentRow>(sql`
  select d.terminal_id as id, p.store_id, s.time_zone,
         array_agg(d.day - date '1970-01-01' order by d.day) as days,
         array_agg(${hoursOnClock(sql`d.day`, sql`d.beat_hours`, sql`s.time_zone`)} order by d.day) as hours,
         array_agg(d.beats order by d.day) as beats
    from terminal_day d
    join terminal_store p on p.terminal_id = d.terminal_id and p.store_id = d.store_id and p.to_at is null
    join store s on s.id = p.store_id
   where d.org_id = ${orgId}::uuid and d.terminal_id = any(${[...ids]}::bigint[]) and d.beat_hours <> 0
     and d.day >= (${now}::timestamptz at time zone 'UTC')::date - 57
     and d.day < (${now}::timestamptz at time zone s.time_zone)::date
   group by 1, 2, 3`)

/** The weeks that terminals of these stores have learnt themselves. */
export const weeksAt = (db: Db, stores: readonly number[]) =>
  db.query<{ store_id: number; hours: number[]; beats_per_hour: number }>(sql`
  select store_id, hours, beats_per_hour from usual_week
   where store_id = any(${[...stores]}::bigint[]) and is_own`)

export type LearntWeek = UsualWeek & { id: number; store: number; isOwn: boolean }

export const writeWeeks = (db: Db, { orgId, weeks }: { orgId: string; weeks: readonly LearntWeek[] }) =>
  db.query(sql`
  insert into usual_week as w (terminal_id, org_id, store_id, hours, beats_per_hour, is_own)
  select g.id, ${orgId}::uuid, g.store_id, g.hours::int[], g.beats_per_hour, g.is_own
    from unnest(${weeks.map(({ id }) => id)}::bigint[], ${weeks.map(({ store }) => store)}::bigint[],
                ${weeks.map(({ hours }) => `{${hours.join(",")}}`)}::text[],
                ${weeks.map(({ beatsPerHour }) => beatsPerHour)}::real[],
                ${weeks.map(({ isOwn }) => isOwn)}::boolean[])
           as g (id, store_id, hours, beats_per_hour, is_own)
   order by g.id
  on conflict (terminal_id) do update
     set store_id = excluded.store_id, hours = excluded.hours, beats_per_hour = excluded.beats_per_hour,
         is_own = excluded.is_own`)

/** Lets the states of those of these terminals be worked out again that are silent. */
export const lookAtSilent = (db: Db, { ids, now }: { ids: readonly number[]; now: Date }) =>
  db.query(sql`
  update terminal_state set next_state_at = ${now}::timestamptz
   where terminal_id = any(${[...ids]}::bigint[]) and online_state in ('late', 'suspect')`)
