import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { placeColumns } from "@/lib/rollups/fold/sql/bucket-columns"
import { isOfDay, type OneDay } from "@/lib/rollups/fold/sql/check"
import { keptRollups, type NewHours, type PlaceChanges, type Rollups } from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

// Places hold the sums of the terminals' hours and days: by store, and by organisation as store 0.

const listed = (each: (name: string) => string, separator = ", ") =>
  raw(placeColumns.map(each).join(separator))

const names = listed((name) => name)
const sums = listed((name) => `coalesce(sum(${name}), 0) as ${name}`)
const negativeSums = listed((name) => `-coalesce(sum(${name}), 0) as ${name}`)
const added = listed((name) => `${name} = r.${name} + excluded.${name}`)
const isChanged = listed((name) => `${name} <> 0`, " or ")
const isEmpty = listed((name) => `r.${name} = 0`, " and ")

/** The columns of a key after organisation and store. */
const times = { hours: raw("hour, day"), days: raw("day") }
type Width = keyof typeof times
const keyOf = (width: Width) => sql`org_id, store_id, ${times[width]}`
/** The view of a group of shards fills in the group's key. */
const conflictKeyOf = (width: Width) => sql`${keyOf(width)}, group_key`

/**
 * How much the sums of stores change. Rows that were taken out of the terminals' rollups count negative, rows
 * that were put in or added count positive.
 */
export const makePlaceChanges = async (db: Db): Promise<PlaceChanges> => ({
  hours: await makeTemporary(
    db,
    "place_hour_change",
    sql`select ${keyOf("hours")}, ${names} from place_hour where false`,
  ),
  days: await makeTemporary(
    db,
    "place_day_change",
    sql`select ${keyOf("days")}, ${names} from place_day where false`,
  ),
})

/**
 * The end of a statement that takes rows out of the terminals' rollups, or puts them in: it notes these rows
 * as changes of their stores.
 */
export const noted = (width: Width, placeChanges: PlaceChanges, rows: "taken_out" | "put_in"): Sql => sql`
  insert into ${placeChanges[width]} (${keyOf(width)}, ${names})
  select ${keyOf(width)}, ${rows === "put_in" ? sums : negativeSums}
    from ${raw(rows)}
   group by ${keyOf(width)}`

type Adding = { newHours: NewHours; placeChanges: PlaceChanges }

/** Notes the new hours that are added from `firstHourDay` on. */
export const noteNewHours = (
  db: Db,
  { newHours, placeChanges, firstHourDay }: Adding & { firstHourDay: string },
) =>
  db.query(sql`
    with put_in as (select * from ${newHours} where day >= ${firstHourDay}::date)
    ${noted("hours", placeChanges, "put_in")}`)

/** Notes them as changes of the days. */
export const noteNewDays = (db: Db, { newHours, placeChanges }: Adding) =>
  db.query(sql`with put_in as (select * from ${newHours}) ${noted("days", placeChanges, "put_in")}`)

type Moving = { orgId: string; rollups: Rollups; placeChanges: PlaceChanges }
type From = { placesFrom: string | null }

/**
 * Adds the changes to the places. Days that places do not hold yet are left out: when they are filled, the
 * terminals' rollups have these changes already.
 */
export const movePlaces = (
  db: Db,
  width: Width,
  { rollups, placeChanges, placesFrom }: Omit<Moving, "orgId"> & From,
) =>
  db.query(sql`
    with store_change as (
      select ${keyOf(width)}, ${sums}
        from ${placeChanges[width]}
       where day >= coalesce(${placesFrom}::date, '-infinity')
       group by ${keyOf(width)}),
    place_change as (
      select * from store_change
      union all
      select org_id, 0, ${times[width]}, ${sums} from store_change group by org_id, ${times[width]})
    insert into ${rollups.places[width]} as r (${keyOf(width)}, ${names})
    select ${keyOf(width)}, ${names}
      from place_change
     where ${isChanged}
     order by ${keyOf(width)}
    on conflict (${conflictKeyOf(width)}) do update set ${added}`)

type Emptied = Moving & { from: Date; to: Date; firstDay: string; lastDay: string }

/** Deletes the places' hours that count nothing any more. `from` and `to` bound them. */
export const takeOutEmptyPlaceHours = (db: Db, { orgId, rollups, placeChanges, from, to }: Emptied) =>
  db.query(sql`
    with changed as (
      select store_id, hour, day from ${placeChanges.hours}
      union
      select 0, hour, day from ${placeChanges.hours})
    delete from ${rollups.places.hours} r
     using changed c
     where r.org_id = ${orgId}::uuid and r.store_id = c.store_id and r.hour = c.hour and r.day = c.day
       and r.hour >= ${from}::timestamptz and r.hour < ${to}::timestamptz and ${isEmpty}`)

/** Deletes the places' days that count nothing any more. `firstDay` and `lastDay` bound them. */
export const takeOutEmptyPlaceDays = (db: Db, { orgId, rollups, placeChanges, firstDay, lastDay }: Emptied) =>
  db.query(sql`
    with changed as (
      select store_id, day from ${placeChanges.days}
      union
      select 0, day from ${placeChanges.days})
    delete from ${rollups.places.days} r
     using changed c
     where r.org_id = ${orgId}::uuid and r.store_id = c.store_id and r.day = c.day
       and r.day >= ${firstDay}::date and r.day <= ${lastDay}::date and ${isEmpty}`)

const terminals = { hours: raw("terminal_hour"), days: raw("terminal_day") }
const ofDay = {
  hours: isOfDay,
  days: ({ orgId, day }: OneDay) => sql`h.org_id = ${orgId}::uuid and h.day = ${day}::date`,
}

/** Deletes the places' rows of a day. */
export const clearPlaces = (db: Db, width: Width, one: OneDay) =>
  db.query(sql`delete from ${keptRollups.places[width]} h where ${ofDay[width](one)}`)

/** Inserts the sums of the terminals' rows of a day. */
export const sumPlaces = (db: Db, width: Width, one: OneDay) =>
  db.query(sql`
    with store_sum as (
      select ${keyOf(width)}, ${sums}
        from ${terminals[width]} h
       where ${ofDay[width](one)}
       group by ${keyOf(width)})
    insert into ${keptRollups.places[width]} (${keyOf(width)}, ${names})
    select * from store_sum
    union all
    select org_id, 0, ${times[width]}, ${sums} from store_sum group by org_id, ${times[width]}`)
