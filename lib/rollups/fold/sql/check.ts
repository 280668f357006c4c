import sql, { empty, raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { reachDays } from "@/lib/base/time/look-back"
import type { Kept } from "@/lib/rollups/fold/sql/claim"
import { dimensions } from "@/lib/rollups/fold/sql/columns"
import type { Rollups, Touched } from "@/lib/rollups/fold/sql/tables"
import { analyse, makeTemporary, tableName } from "@/lib/rollups/fold/sql/temporary"
import { indexTouched, isRecountable } from "@/lib/rollups/fold/sql/touched"

export type Organisation = {
  org_id: string
  name: string
  hour_retention_days: number
  oldest_day: string
  first_hour_day: string
}

/** Organisations with the oldest day that has all its raw rows, and the oldest day that has all its hours. */
export const checkable = (db: Db, orgId: string | null) =>
  db.query<Organisation>(sql`
  select id as org_id, name, hour_retention_days,
         (greatest(now() - raw_retention_days * interval '1 day',
                   raw_deleted_before + ${reachDays}::int * interval '1 day'))::date as oldest_day,
         greatest((now() - hour_retention_days * interval '1 day')::date,
                  hour_deleted_before::date + 1) as first_hour_day
    from organisation
   where ${orgId}::uuid is null or id = ${orgId}::uuid
   order by name`)

/** Waiting batches. Their rows are not counted yet. */
export const waitingBatches = (db: Db, orgId: string) =>
  db.query<{ id: number }>(sql`
  select id from ingest_batch where org_id = ${orgId}::uuid and folded_at is null order by id`)

export type OneDay = { orgId: string; day: string }

/** Hours `h` of the day. A store-local day begins and ends within a day of the UTC day. */
export const isOfDay = ({ orgId, day }: OneDay): Sql => sql`
  h.org_id = ${orgId}::uuid and h.day = ${day}::date
  and h.hour >= ${day}::date::timestamp at time zone 'UTC' - interval '1 day'
  and h.hour < ${day}::date::timestamp at time zone 'UTC' + interval '2 days'`

/**
 * What is recounted: all of an organisation, a store, or some terminals; with `complete` only stores whose
 * day has all its raw rows.
 */
export type Recounted = { storeId?: number; terminalIds?: readonly number[]; complete?: Kept }

const isRecounted = ({ storeId, terminalIds, complete }: Recounted): Sql => sql`
  true
  ${complete === undefined ? empty : sql`and ${isRecountable(complete)}`}
  ${storeId === undefined ? empty : sql`and f.store_id = ${storeId}::bigint`}
  ${terminalIds === undefined ? empty : sql`and f.terminal_id = any(${[...terminalIds]}::bigint[])`}`

/**
 * Like `makeTouched`, for a check: every place of a terminal on `day`, and every terminal-day that has a
 * rollup. Terminal 0 does not exist: it stands for stores that have sales in their rollups and no terminal.
 */
export async function makeTouchedOfDay(
  db: Db,
  { orgId, day, ...recounted }: OneDay & Recounted,
): Promise<Touched> {
  const touched = await makeTemporary(
    db,
    "touched",
    sql`
    with found as (
      select p.terminal_id, p.store_id
        from terminal_store p
        join store s on s.id = p.store_id
       where s.org_id = ${orgId}::uuid
         and p.from_at < (${day}::date + 1)::timestamp at time zone s.time_zone
         and (p.to_at is null or p.to_at > ${day}::date::timestamp at time zone s.time_zone)
      union
      select terminal_id, store_id from terminal_day where org_id = ${orgId}::uuid and day = ${day}::date
      union
      select h.terminal_id, h.store_id from terminal_hour h where ${isOfDay({ orgId, day })}
      union
      select 0, id from store where org_id = ${orgId}::uuid)
    select f.terminal_id, f.store_id, s.org_id, s.time_zone, ${day}::date as day, true as has_sales
      from found f
      join store s on s.id = f.store_id
     cross join (select ${day}::date as day) d
     where ${isRecounted(recounted)}`,
  )
  await indexTouched(db, touched)
  await analyse(db, touched)
  return touched
}

/**
 * Drops the temporary tables of a fold, so that the next fold in the same transaction can create them again.
 */
export const dropTemporary = (db: Db) => db.query(sql`discard temp`)

/** Empty temporary tables for the recounted rows. */
export async function makeRecounted(db: Db): Promise<Rollups> {
  const like = async (name: string, original: string): Promise<Sql> => {
    const table = tableName(name)
    await db.query(sql`
      create temporary table ${table} (
        like ${raw(db.storedAs(original))} including defaults including indexes) on commit drop`)
    return table
  }
  return {
    hours: await like("recounted_hour", "terminal_hour"),
    days: await like("recounted_day", "terminal_day"),
    operators: await like("recounted_operator_day", "operator_day"),
    segments: await like("recounted_segment", "segment_day"),
    places: {
      hours: await like("recounted_place_hour", "place_hour"),
      days: await like("recounted_place_day", "place_day"),
    },
    standings: await like("recounted_standing_change", "standing_change"),
  }
}

/** The day's segments of the stores and of the organisation (store 0), found by the key. */
export const segmentsOfDay = ({ orgId, day }: OneDay): Sql => sql`
  select g.*
    from (select 0 as id union all select id from store where org_id = ${orgId}::uuid) s
   cross join unnest(${Object.keys(dimensions)}::text[]) as d (name)
    join segment_day g on g.org_id = ${orgId}::uuid and g.store_id = s.id and g.dimension = d.name
     and g.day = ${day}::date`

/**
 * Deletes all of the day's segments, the organisation's too, which may be wrong independently of the stores'.
 */
export const clearSegments = (db: Db, one: OneDay) =>
  db.query(sql`
  with wrong as (${segmentsOfDay(one)})
  delete from segment_day g using wrong
   where g.org_id = wrong.org_id and g.store_id = wrong.store_id and g.dimension = wrong.dimension
     and g.day = wrong.day and g.value = wrong.value
     and g.cause = wrong.cause and g.subcause = wrong.subcause`)
