import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { isOfDay, segmentsOfDay } from "@/lib/rollups/fold/sql/check"
import { operatorsOfDay } from "@/lib/rollups/fold/sql/operators"
import type { Rollups } from "@/lib/rollups/fold/sql/tables"

export type Table =
  | "terminal_hour"
  | "terminal_day"
  | "place_hour"
  | "place_day"
  | "operator_day"
  | "segment_day"
  | "lost_day"
  | "terminal_state"
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
  place_hour: "store_id, hour, day",
  place_day: "store_id, day",
  operator_day: "terminal_id, day, store_id, operator",
  segment_day: "store_id, day, dimension, value, cause, subcause",
} as const satisfies Partial<Record<Table, string>>

const named = (key: string) =>
  key
    .split(", ")
    .map((name) => `'${name} ' || coalesce(nullif(${name}::text, ''), '-')`)
    .join(" || ', ' || ")

type Pair = {
  stored: Sql
  recounted: Sql
  /** Columns that were not counted on the day yet. They are not compared. */
  uncounted?: readonly string[]
}

/**
 * Every value that differs between the stored and the recounted row. A row that only one side has is one
 * difference.
 */
const differences = (db: Db, table: keyof typeof keys, { stored, recounted, uncounted = [] }: Pair) => {
  const key = keys[table]
  const left = ["group_key", ...uncounted]
  return db.query<Difference>(sql`
    with stored as (${stored}),
    both_sides as (
      select s as stored, r as recounted, ${raw(named(key))} as key
        from stored s
        full join ${recounted} r using (${raw(key)}))
    select ${table} as table, b.key, d.column, d.stored, d.recounted
      from both_sides b
     cross join lateral (
       select 'row' as column, case when not (b.stored is null) then 'there' end as stored,
              case when not (b.recounted is null) then 'there' end as recounted
        where b.stored is null or b.recounted is null
       union all
       select v.key, v.value, w.value
         from jsonb_each_text(to_jsonb(b.stored) - ${left}::text[]) v
         join jsonb_each_text(to_jsonb(b.recounted) - ${left}::text[]) w using (key)
        where not (b.stored is null) and not (b.recounted is null) and v.value is distinct from w.value) d
     order by b.key, d.column`)
}

type Recount = { orgId: string; day: string; recounted: Rollups; uncounted: readonly string[] }

export const hourDifferences = (db: Db, { recounted, uncounted, ...one }: Recount) =>
  differences(db, "terminal_hour", {
    stored: sql`select h.* from terminal_hour h where ${isOfDay(one)}`,
    recounted: recounted.hours,
    uncounted,
  })

export const dayDifferences = (db: Db, { recounted, uncounted, orgId, day }: Recount) =>
  differences(db, "terminal_day", {
    stored: sql`select * from terminal_day where org_id = ${orgId}::uuid and day = ${day}::date`,
    recounted: recounted.days,
    uncounted,
  })

export const placeHourDifferences = (db: Db, { recounted, uncounted, ...one }: Recount) =>
  differences(db, "place_hour", {
    stored: sql`select h.* from place_hour h where ${isOfDay(one)}`,
    recounted: recounted.places.hours,
    uncounted,
  })

export const placeDayDifferences = (db: Db, { recounted, uncounted, orgId, day }: Recount) =>
  differences(db, "place_day", {
    stored: sql`select * from place_day where org_id = ${orgId}::uuid and day = ${day}::date`,
    recounted: recounted.places.days,
    uncounted,
  })

export const operatorDifferences = (db: Db, { recounted, uncounted, ...one }: Recount) =>
  differences(db, "operator_day", {
    stored: operatorsOfDay(one),
    recounted: recounted.operators,
    uncounted,
  })

export const segmentDifferences = (db: Db, { recounted, ...one }: Omit<Recount, "uncounted">) =>
  differences(db, "segment_day", { stored: segmentsOfDay(one), recounted: recounted.segments })
