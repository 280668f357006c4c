import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { beatHourBit } from "@/lib/rollups/fold/sql/beat-hours"
import { isOfDay, type OneDay } from "@/lib/rollups/fold/sql/check"
import type { Kept } from "@/lib/rollups/fold/sql/claim"

type Unfilled = { org_id: string; name: string }

/** Organisations of which places do not hold all days yet. */
export const unfilledOrganisations = (db: Db) =>
  db.query<Unfilled>(sql`
  select id as org_id, name from organisation where places_from < 'infinity' order by name`)

/** Organisations whose segments are not shared among groups yet; see share-segments.ts. */
export const unsharedOrganisations = (db: Db) =>
  db.query<Unfilled>(sql`
  select id as org_id, name from organisation where places_from = 'infinity' order by name`)

/** Days with rollups that may have all their raw rows, newest first. */
export const daysWithRaw = (
  db: Db,
  { org_id: orgId, raw_deleted_from: from, raw_deleted_before: before }: Kept,
) =>
  db.query<{ day: string }>(sql`
  select distinct d.day
    from terminal_day d
   where d.org_id = ${orgId}::uuid
     and (d.day >= coalesce(${before}::timestamptz, '-infinity') or d.day < ${from}::timestamptz)
   order by 1 desc`)

/** Says that segments are shared, and that no place is filled yet. */
export const noteShared = (db: Db, orgId: string) =>
  db.query(sql`
  update organisation set places_from = current_date + 3 where id = ${orgId}::uuid`)

/** The newest day with rollups that places do not hold yet. Null if they hold all. */
export const newestUnfilledDay = (db: Db, { org_id: orgId, places_from: from }: Kept) =>
  db.query<{ day: string | null }>(sql`
  select max(d.day) as day
    from terminal_day d
   where d.org_id = ${orgId}::uuid
     and d.day < ${from}::date`)

/** Notes in a day's rows of terminals in which hours they sent heartbeats, as far as hours are kept. */
export const noteBeatHours = (db: Db, one: OneDay) =>
  db.query(sql`
  with beating as (
    select h.terminal_id, h.store_id, h.day, bit_or(${beatHourBit(sql`h.hour`, sql`h.day`)}) as bits
      from terminal_hour h
     where ${isOfDay(one)} and h.beats > 0
     group by 1, 2, 3)
  update terminal_day d
     set beat_hours = d.beat_hours | b.bits
    from beating b
   where d.terminal_id = b.terminal_id and d.store_id = b.store_id and d.day = b.day
     and d.day = ${one.day}::date and d.beat_hours <> d.beat_hours | b.bits`)

/** Says from which day on places hold all days; null if they hold all there are. */
export const setPlacesFrom = (db: Db, { orgId, from }: { orgId: string; from: string | null }) =>
  db.query(sql`update organisation set places_from = ${from}::date where id = ${orgId}::uuid`)

/**
 * Ends the transaction with a conflict, so that it is tried again, if days were filled after its snapshot
 * began: it would leave out its changes of these days.
 */
export const holdPlacesFrom = (db: Db, orgId: string) =>
  db.query(sql`
  select places_from from organisation
   where id = ${orgId}::uuid and places_from is not null
     for share`)
