import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { newBeats } from "@/lib/rollups/fold/sql/beats"
import { bucketed, dayMerges, dayNames, merges, names, ofHours } from "@/lib/rollups/fold/sql/bucket-columns"
import { noted } from "@/lib/rollups/fold/sql/places"
import type {
  Beats,
  ClaimedBeats,
  Disordered,
  NewHours,
  NewSales,
  PlaceChanges,
  Rollups,
  Sales,
  Touched,
} from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

type Into = { touched: Touched; rollups: Rollups; placeChanges: PlaceChanges }
type Derived = Into & { sales: Sales; beats: Beats }

/** Deletes the hours of touched terminal-days. `from` and `to` bound them. */
export const takeOutHours = (
  db: Db,
  { touched, rollups, placeChanges, from, to }: Into & { from: Date; to: Date },
) =>
  db.query(sql`
    with taken_out as (
      delete from ${rollups.hours} h
       using ${touched} t
       where h.terminal_id = t.terminal_id and h.store_id = t.store_id and h.day = t.day
         and h.hour >= ${from}::timestamptz and h.hour < ${to}::timestamptz
      returning h.*)
    ${noted("hours", placeChanges, "taken_out")}`)

/** Inserts the hours of touched terminal-days from `firstHourDay` on. Older hours are not kept. */
export const putInHours = (
  db: Db,
  { touched, rollups, placeChanges, sales, beats, firstHourDay }: Derived & { firstHourDay: string },
) =>
  db.query(sql`
    with put_in as (
      insert into ${rollups.hours} (terminal_id, hour, day, store_id, org_id, model_id, ${names})
      select terminal_id, hour, day, store_id, r.org_id, model_id, ${names}
        from (${bucketed("hour, day", beats, sales)}) r
        join ${touched} using (terminal_id, store_id, day)
       where day >= ${firstHourDay}::date
       order by terminal_id, hour, store_id, day
      returning *)
    ${noted("hours", placeChanges, "put_in")}`)

/** Deletes touched terminal-days. `firstDay` and `lastDay` bound them. */
export const takeOutDays = (
  db: Db,
  { touched, rollups, placeChanges, firstDay, lastDay }: Into & { firstDay: string; lastDay: string },
) =>
  db.query(sql`
    with taken_out as (
      delete from ${rollups.days} d
       using ${touched} t
       where d.terminal_id = t.terminal_id and d.store_id = t.store_id and d.day = t.day
         and d.day >= ${firstDay}::date and d.day <= ${lastDay}::date
      returning d.*)
    ${noted("days", placeChanges, "taken_out")}`)

/** Inserts touched terminal-days. */
export const putInDays = (db: Db, { touched, rollups, placeChanges, sales, beats }: Derived) =>
  db.query(sql`
    with put_in as (
      insert into ${rollups.days} (terminal_id, day, store_id, org_id, model_id, ${dayNames})
      select terminal_id, day, store_id, r.org_id, model_id, ${dayNames}
        from (${bucketed("day", beats, sales)}) r
        join ${touched} using (terminal_id, store_id, day)
       order by terminal_id, day, store_id
      returning *)
    ${noted("days", placeChanges, "put_in")}`)

type InOrder = { claimedBeats: ClaimedBeats; disordered: Disordered; newSales: NewSales }

/** The hours of the claimed rows of terminals in order, without what was folded before. */
export const makeNewHours = (db: Db, { newSales, ...inOrder }: InOrder): Promise<NewHours> =>
  makeTemporary(db, "new_hour", bucketed("hour, day", sql`(${newBeats(inOrder)})`, newSales))

type Adding = { newHours: NewHours; rollups: Rollups }

/** Adds them to the hours, from `firstHourDay` on. */
export const addHours = (db: Db, { newHours, rollups, firstHourDay }: Adding & { firstHourDay: string }) =>
  db.query(sql`
    insert into ${rollups.hours} as r (terminal_id, hour, day, store_id, org_id, model_id, ${names})
    select terminal_id, hour, day, store_id, org_id, model_id, ${names}
      from ${newHours}
     where day >= ${firstHourDay}::date
     order by terminal_id, hour, store_id, day
    on conflict (terminal_id, hour, store_id, day) do update set model_id = excluded.model_id, ${merges}`)

/** Adds them to the days. */
export const addDays = (db: Db, { newHours, rollups }: Adding) =>
  db.query(sql`
    insert into ${rollups.days} as r (terminal_id, day, store_id, org_id, model_id, ${dayNames})
    select terminal_id, day, store_id, org_id, model_id, ${ofHours}
      from ${newHours}
     group by terminal_id, day, store_id, org_id, model_id
     order by terminal_id, day, store_id
    on conflict (terminal_id, day, store_id) do update set model_id = excluded.model_id, ${dayMerges}`)
