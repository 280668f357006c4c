import sql, { empty, raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { dimensions } from "@/lib/rollups/fold/sql/columns"
import type { NewSales, Rollups, Sales, SegmentChanges, Touched } from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

const counts = ["presentments", "failures", "raw_attempts", "raw_failures"] as const
const names = raw(`org_id, store_id, day, dimension, value, cause, subcause, ${counts.join(", ")}`)
const key = raw("org_id, store_id, dimension, day, value, cause, subcause")
/** The view of a group of shards fills in the group's key. */
const conflictKey = raw("org_id, store_id, dimension, day, value, cause, subcause, group_key")
const sums = raw(counts.map((name) => `sum(${name})`).join(", "))
const added = raw(counts.map((name) => `${name} = r.${name} + excluded.${name}`).join(", "))
const isChanged = raw(counts.map((name) => `sum(${name}) <> 0`).join(" or "))

const tallies = sql`
  count(*) filter (where not s.is_retry)::int as presentments,
  count(*) filter (where not s.is_retry and s.failed)::int as failures,
  count(*)::int as raw_attempts, count(*) filter (where s.failed)::int as raw_failures`

const dimensionValues = raw(
  `(values ${Object.entries(dimensions)
    .map(([name, column]) => `('${name}', s.${column})`)
    .join(", ")}) as g (dimension, value)`,
)

/** The changes of the stores' segments: deleted rows count negative, inserted rows positive. */
export const makeSegmentChanges = (db: Db): Promise<SegmentChanges> =>
  makeTemporary(db, "segment_change", sql`select ${names} from segment_day where false`)

type Changing = { orgId: string; rollups: Rollups; segmentChanges: SegmentChanges }
type Replacing = Changing & { touched: Touched }
type Adding = Changing & { touched: Touched | null; newSales: NewSales }

/** Deletes the segments of touched store-days. `firstDay` and `lastDay` bound them. */
export const takeOutSegments = (
  db: Db,
  {
    orgId,
    rollups,
    segmentChanges,
    touched,
    firstDay,
    lastDay,
  }: Replacing & { firstDay: string; lastDay: string },
) =>
  db.query(sql`
    with taken_out as (
      delete from ${rollups.segments} g
       using (select distinct store_id, day from ${touched} where has_sales) t
       where g.org_id = ${orgId}::uuid and g.store_id = t.store_id and g.day = t.day
         and g.day >= ${firstDay}::date and g.day <= ${lastDay}::date
      returning g.*)
    insert into ${segmentChanges} (${names})
    select org_id, store_id, day, dimension, value, cause, subcause,
           -presentments, -failures, -raw_attempts, -raw_failures
      from taken_out`)

/** Inserts the segments of touched store-days. */
export const putInSegments = (
  db: Db,
  { orgId, rollups, segmentChanges, touched, sales }: Replacing & { sales: Sales },
) =>
  db.query(sql`
    with put_in as (
      insert into ${rollups.segments} (${names})
      select ${orgId}::uuid, s.store_id, s.day, g.dimension, g.value, s.cause, s.subcause, ${tallies}
        from ${sales} s
        join (select distinct store_id, day from ${touched} where has_sales) t using (store_id, day)
       cross join lateral ${dimensionValues}
       group by 2, 3, 4, 5, 6, 7
       order by 1, 2, 4, 3, 5, 6, 7
      returning ${names})
    insert into ${segmentChanges} (${names}) select ${names} from put_in`)

const outside = (touched: Touched) => sql`
  where not exists (
    select 1 from ${touched} t where t.has_sales and t.store_id = s.store_id and t.day = s.day)`

/**
 * Adds new sales to segments, except for store-days that were just replaced: those already contain these
 * sales.
 */
export const addSegments = (db: Db, { orgId, rollups, segmentChanges, touched, newSales }: Adding) =>
  db.query(sql`
    with added as (
      select ${orgId}::uuid as org_id, s.store_id, s.day, g.dimension, g.value, s.cause, s.subcause,
             ${tallies}
        from ${newSales} s
       cross join lateral ${dimensionValues}
       ${touched ? outside(touched) : empty}
       group by 2, 3, 4, 5, 6, 7),
    put_in as (
      insert into ${rollups.segments} as r (${names})
      select ${names} from added order by ${key}
      on conflict (${conflictKey}) do update set ${added})
    insert into ${segmentChanges} (${names}) select ${names} from added`)

/**
 * Adds the changes to the organisation's rows (store 0), so that they remain the sums of the stores' rows.
 */
export const moveOrganisationSegments = (db: Db, { rollups, segmentChanges }: Omit<Changing, "orgId">) =>
  db.query(sql`
    insert into ${rollups.segments} as r (${names})
    select org_id, 0, day, dimension, value, cause, subcause, ${sums}
      from ${segmentChanges}
     group by 1, 3, 4, 5, 6, 7
    having ${isChanged}
     order by 1, 4, 3, 5, 6, 7
    on conflict (${conflictKey}) do update set ${added}`)

/** Deletes the organisation's rows that count nothing any more. */
export const takeOutEmptySegments = (db: Db, { orgId, rollups, segmentChanges }: Changing) =>
  db.query(sql`
    delete from ${rollups.segments} g
     using (
       select distinct day, dimension, value, cause, subcause from ${segmentChanges} where raw_attempts < 0) c
     where g.org_id = ${orgId}::uuid and g.store_id = 0 and g.day = c.day and g.dimension = c.dimension
       and g.value = c.value and g.cause = c.cause and g.subcause = c.subcause and g.raw_attempts = 0`)
