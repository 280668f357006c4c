import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { reachDays } from "@/lib/base/time/look-back"
import { dimensions } from "@/lib/rollups/fold/sql/columns"

export type Organisation = {
  org_id: string
  name: string
  hour_retention_days: number
  oldest_day: string
  first_hour_day: string
}

/** Organisations with the oldest day whose raw rows are whole, and the oldest whose hours are. */
export const checkable = (db: Db, orgId: string | null) =>
  db.query<Organisation>(sql`
  select id as org_id, name, hour_retention_days,
         (greatest(now() - raw_retention_days * interval '1 day', raw_deleted_before + ${reachDays}::int * interval '1 day'))::date as oldest_day,
         greatest((now() - hour_retention_days * interval '1 day')::date, hour_deleted_before::date + 1) as first_hour_day
    from organisation
   where ${orgId}::uuid is null or id = ${orgId}::uuid
   order by name`)

/** Batches that wait, the rows of which do not count yet. */
export const waitingBatches = (db: Db, orgId: string) =>
  db.query<{ id: number }>(sql`
  select id from ingest_batch where org_id = ${orgId}::uuid and folded_at is null order by id`)

/**
 * Temporary table `touched`, as the fold's own: every place of a terminal on `day`, and every terminal-day that
 * has a rollup, of one store alone where it is named. Terminal 0 is nobody: it stands for stores that have sales
 * rolled up and no terminal.
 */
export const touchDay = async (
  db: Db,
  { orgId, day, storeId }: { orgId: string; day: string; storeId: number | null },
): Promise<void> => {
  await db.query(sql`
    create temporary table touched on commit drop as
    with found as (
      select p.terminal_id, p.store_id
        from terminal_store p
        join store s on s.id = p.store_id
       where s.org_id = ${orgId}::uuid and p.from_at < (${day}::date + 1)::timestamp at time zone s.time_zone
         and (p.to_at is null or p.to_at > ${day}::date::timestamp at time zone s.time_zone)
      union
      select terminal_id, store_id from terminal_day where org_id = ${orgId}::uuid and day = ${day}::date
      union
      select terminal_id, store_id from terminal_hour
       where org_id = ${orgId}::uuid and day = ${day}::date
         and hour >= ${day}::date::timestamp at time zone 'UTC' - interval '1 day' and hour < ${day}::date::timestamp at time zone 'UTC' + interval '2 days'
      union
      select 0, id from store where org_id = ${orgId}::uuid)
    select f.terminal_id, f.store_id, s.org_id, s.time_zone, ${day}::date as day, true as has_sales
      from found f
      join store s on s.id = f.store_id
     where ${storeId}::bigint is null or f.store_id = ${storeId}::bigint`)
  await db.query(sql`create index on touched (terminal_id, store_id, day)`)
  await db.query(sql`analyze touched`)
}

/** What a fold leaves behind until its transaction ends, and the next one would make again. */
export const dropTemporary = (db: Db) => db.query(sql`discard temp`)

/** Empty temporary tables in the rollups' stead: what the fold writes after this goes there. */
export const shadowRollups = async (db: Db): Promise<void> => {
  await db.query(sql`select set_config('search_path', 'pg_temp, public', true)`)
  for (const table of ["terminal_hour", "terminal_day", "segment_day"]) {
    await db.query(
      sql`create temporary table ${raw(table)} (like public.${raw(table)} including defaults including indexes) on commit drop`,
    )
  }
}

export type Table = "terminal_hour" | "terminal_day" | "segment_day" | "terminal_state"
export type Difference = {
  table: Table
  key: string
  column: string
  stored: string | null
  recounted: string | null
}

const keys = {
  terminal_hour: "terminal_id, hour, store_id, day",
  terminal_day: "terminal_id, day, store_id",
  segment_day: "store_id, day, dimension, value, cause, subcause",
} as const satisfies Partial<Record<Table, string>>

const named = (key: string) =>
  key
    .split(", ")
    .map((name) => `'${name} ' || coalesce(nullif(${name}::text, ''), '-')`)
    .join(" || ', ' || ")

/** Every value of the day in which the rollups and their shadows differ; a row that only one of them has is one difference. */
const differences = (db: Db, table: keyof typeof keys, stored: Sql) => {
  const key = keys[table]
  return db.query<Difference>(sql`
    with stored as (${stored}),
    both_sides as (
      select s as stored, r as recounted, ${raw(named(key))} as key
        from stored s
        full join pg_temp.${raw(table)} r using (${raw(key)}))
    select ${table} as table, b.key, d.column, d.stored, d.recounted
      from both_sides b
     cross join lateral (
       select 'row' as column, case when not (b.stored is null) then 'there' end as stored, case when not (b.recounted is null) then 'there' end as recounted
        where b.stored is null or b.recounted is null
       union all
       select v.key, v.value, w.value
         from jsonb_each_text(to_jsonb(b.stored)) v
         join jsonb_each_text(to_jsonb(b.recounted)) w using (key)
        where not (b.stored is null) and not (b.recounted is null) and v.value is distinct from w.value) d
     order by b.key, d.column`)
}

type OneDay = { orgId: string; day: string }

export const hourDifferences = (db: Db, { orgId, day }: OneDay) =>
  differences(
    db,
    "terminal_hour",
    sql`
  select * from public.terminal_hour
   where org_id = ${orgId}::uuid and day = ${day}::date
     and hour >= ${day}::date::timestamp at time zone 'UTC' - interval '1 day' and hour < ${day}::date::timestamp at time zone 'UTC' + interval '2 days'`,
  )

export const dayDifferences = (db: Db, { orgId, day }: OneDay) =>
  differences(
    db,
    "terminal_day",
    sql`
  select * from public.terminal_day where org_id = ${orgId}::uuid and day = ${day}::date`,
  )

// Of the stores and, as store 0, of the organisation, found by the key.
const segments = ({ orgId, day }: OneDay) => sql`
  select g.*
    from (select 0 as id union all select id from store where org_id = ${orgId}::uuid) s
   cross join unnest(${Object.keys(dimensions)}::text[]) as d (name)
    join public.segment_day g on g.org_id = ${orgId}::uuid and g.store_id = s.id and g.dimension = d.name and g.day = ${day}::date`

export const segmentDifferences = (db: Db, one: OneDay) => differences(db, "segment_day", segments(one))

/** Takes the day's segments out whole, the organisation's too, which may be wrong by themselves. */
export const clearSegments = (db: Db, one: OneDay) =>
  db.query(sql`
  with wrong as (${segments(one)})
  delete from segment_day g using wrong
   where g.org_id = wrong.org_id and g.store_id = wrong.store_id and g.dimension = wrong.dimension and g.day = wrong.day
     and g.value = wrong.value and g.cause = wrong.cause and g.subcause = wrong.subcause`)

type States = { orgId: string; from: string; to: string; waiting: number[] }

/** Temporary tables of terminals whose newest beat, as stored or as recounted, is of the days and not the same; `restated` is as the fold's own. */
export const findWrongStates = async (db: Db, { orgId, from, to, waiting }: States): Promise<void> => {
  await db.query(sql`
    create temporary table wrong_state on commit drop as
    select t.id as terminal_id, st.last_beat_at as stored, b.happened_at as recounted
      from terminal t
      left join terminal_state st on st.terminal_id = t.id
     cross join lateral (
       select max(newest.happened_at) as happened_at
         from (
           (select h.at as happened_at from heartbeat h
             where h.terminal_id = t.id and h.clock_offset_ms = 0 and h.batch_id <> all(${waiting}::bigint[])
               and h.at >= ${from}::date::timestamp at time zone 'UTC' and h.at < now() + interval '8 days'
             order by h.at desc limit 1)
           union all
           select h.at + h.clock_offset_ms * interval '1 ms' from heartbeat h
            where h.terminal_id = t.id and h.clock_offset_ms <> 0 and h.batch_id <> all(${waiting}::bigint[])
              and h.at >= ${from}::date::timestamp at time zone 'UTC' - interval '8 days' and h.at < now() + interval '8 days'
              and h.at + h.clock_offset_ms * interval '1 ms' >= ${from}::date::timestamp at time zone 'UTC') newest) b
     where t.org_id = ${orgId}::uuid and st.last_beat_at is distinct from b.happened_at
       and ((st.last_beat_at >= ${from}::date::timestamp at time zone 'UTC' and st.last_beat_at < ${to}::date::timestamp at time zone 'UTC')
         or (b.happened_at >= ${from}::date::timestamp at time zone 'UTC' and b.happened_at < ${to}::date::timestamp at time zone 'UTC'))`)
  await db.query(sql`create temporary table restated on commit drop as select terminal_id from wrong_state`)
}

export const stateDifferences = (db: Db) =>
  db.query<Difference>(sql`
  select 'terminal_state' as table, 'terminal_id ' || terminal_id as key, 'last_beat_at' as column, stored::text, recounted::text from wrong_state order by terminal_id`)

/** Forgets what is known of the newest beats of `restated`, so that it is looked up anew whatever it says. */
export const forgetTails = async (db: Db): Promise<void> => {
  await db.query(sql`delete from terminal_tail t using restated r where t.terminal_id = r.terminal_id`)
  await db.query(
    sql`update terminal_state st set last_beat_at = null from restated r where st.terminal_id = r.terminal_id`,
  )
}
