import sql, { empty, raw, type Sql } from "sql-template-tag"
import { hourMarginDays } from "@/lib/base/db/partitions"
import type { Db } from "@/lib/base/db/transaction"
import { reachDays } from "@/lib/base/time/look-back"
import type { Span } from "@/lib/rollups/retention/group-sql"
import { sightingDays } from "@/lib/rollups/retention/sighting-days"

export type Horizon = {
  org_id: string
  raw_before: Date
  hours_before: Date
  days_before: string
  raw_deleted_before: Date | null
  raw_emptied_before: Date | null
  days_emptied_before: string | null
}

/**
 * What may be deleted, by organisation. Raw rows stay as long as the fold may need them: a margin that is
 * longer than late records are accepted, counted from the oldest waiting batch.
 */
export const horizons = (db: Db) =>
  db.query<Horizon>(sql`
  select o.id as org_id, o.raw_deleted_before, o.raw_emptied_before, o.days_emptied_before,
         date_trunc('day',
           least(least(now(), w.received_at) - o.raw_retention_days * interval '1 day',
             w.min_at) - ${reachDays}::int * interval '1 day', 'UTC') as raw_before,
         date_trunc('day', now() - (o.hour_retention_days + ${hourMarginDays}::int) * interval '1 day',
           'UTC') as hours_before,
         (now() - o.day_retention_years * interval '1 year')::date - 1 as days_before
    from organisation o
    left join (
      select org_id, min(received_at) as received_at, min(min_at) as min_at
        from ingest_batch
       where folded_at is null
       group by org_id) w on w.org_id = o.id
   order by o.id`)

type DeletedRaw = { from: Date; before: Date; firstDay: string }

/**
 * Closes these days of the organisation before their raw rows are deleted. From then on no record of these
 * days is accepted, and no fold recounts them. Returns no row if no day was closed before and `hasRaw` is
 * false: then there never was anything to delete.
 */
export const closeDays = (db: Db, { orgId, from, before, hasRaw }: Span & { hasRaw: boolean }) =>
  db.query<{ id: string }>(sql`
  update organisation o
     set raw_deleted_from = least(o.raw_deleted_from, ${from}::timestamptz),
         raw_deleted_before = greatest(o.raw_deleted_before, ${before}::timestamptz)
   where o.id = ${orgId}::uuid and (o.raw_deleted_from is not null or ${hasRaw}::boolean)
  returning o.id`)

/** The times and the first day (UTC) of the raw rows that were deleted by age. No row if none were. */
export const deletedRaw = (db: Db, orgId: string) =>
  db.query<DeletedRaw>(sql`
  select raw_deleted_from as "from", raw_deleted_before as before,
         (raw_deleted_from at time zone 'UTC')::date as "firstDay"
    from organisation
   where id = ${orgId}::uuid and raw_deleted_from is not null`)

/** Whether the organisation ever had raw rows of days before this one. */
export const hadRawBefore = (db: Db, { orgId, before }: { orgId: string; before: Date }) =>
  db.query<{ had: boolean }>(sql`
  select raw_deleted_from is not null
         or exists (select 1 from ingest_batch
                     where org_id = ${orgId}::uuid and min_at < ${before}::timestamptz) as had
    from organisation where id = ${orgId}::uuid`)

export const noteEmptiedRaw = (db: Db, { orgId, before }: { orgId: string; before: Date }) =>
  db.query(sql`
  update organisation set raw_emptied_before = ${before}::timestamptz where id = ${orgId}::uuid`)

export const noteEmptiedDays = (db: Db, { orgId, before }: { orgId: string; before: string }) =>
  db.query(sql`update organisation set days_emptied_before = ${before}::date where id = ${orgId}::uuid`)

export const closeHours = (db: Db, { orgId, before }: Omit<Span, "from">) =>
  db.query(sql`
  update organisation set hour_deleted_before = greatest(hour_deleted_before, ${before}::timestamptz)
  where id = ${orgId}::uuid`)

export const terminalIds = (db: Db, orgId: string) =>
  db.query<{ id: number }>(sql`select id from terminal where org_id = ${orgId}::uuid order by id`)

export const storeIds = (db: Db, orgId: string) =>
  db.query<{ id: number }>(sql`select id from store where org_id = ${orgId}::uuid order by id`)

type Rows = {
  table: string
  key: readonly string[]
  /** Which rows `t` are deleted. */
  due: Sql
  /** What is known of rows that are due, so that no other partition is looked through for their keys. */
  within?: Sql
  limit: number
}

/** Deletes some of the rows that are due, by their key, and counts them. */
const deleteRows = (db: Db, { table, key, due, within, limit }: Rows) =>
  db.query<{ count: number }>(sql`
  with old as (
    select ${raw(key.map((name) => `t.${name}`).join(", "))} from ${raw(table)} t
     where ${due}
     limit ${limit}),
  gone as (
    delete from ${raw(table)} t using old
     where ${raw(key.map((name) => `t.${name} = old.${name}`).join(" and "))}
       ${within ? sql`and ${within}` : empty}
    returning 1)
  select count(*) as count from gone`)

type Deleted = { count: number }
type OfOrganisation = { orgId: string; before: Date; limit: number }
type RawRows = { terminalIds: number[]; from: Date; before: Date; limit: number }

const rawBetween = ({ from, before }: Pick<RawRows, "from" | "before">) => sql`
  t.at >= ${from}::timestamptz and t.at < ${before}::timestamptz`

/** Uses the key, which begins with terminal and time. The bounds are those of one partition. */
export const deleteHeartbeats = (db: Db, { limit, ...rows }: RawRows) =>
  deleteRows(db, {
    table: "heartbeat",
    key: ["terminal_id", "at"],
    due: sql`t.terminal_id = any(${rows.terminalIds}::bigint[]) and ${rawBetween(rows)}`,
    within: rawBetween(rows),
    limit,
  })

/** Uses the index of terminal and time. */
export const deleteTransactions = (db: Db, { limit, ...rows }: RawRows) =>
  deleteRows(db, {
    table: "transaction",
    key: ["terminal_id", "id", "at"],
    due: sql`t.terminal_id = any(${rows.terminalIds}::bigint[]) and ${rawBetween(rows)}`,
    within: rawBetween(rows),
    limit,
  })

/** Uses the index of organisation and hour. */
export const deleteHours = (db: Db, { orgId, before, limit }: OfOrganisation) =>
  deleteRows(db, {
    table: "terminal_hour",
    key: ["terminal_id", "hour", "store_id", "day"],
    due: sql`t.org_id = ${orgId}::uuid and t.hour < ${before}::timestamptz`,
    within: sql`t.hour < ${before}::timestamptz`,
    limit,
  })

// Days of imported history stay until the organisation deletes that history, as its raw rows do. By age only
// those days are deleted whose raw rows were deleted by age.
type AgedDays = { orgId: string; from: string; before: string }
const agedDay = (alias: string, { from, before }: AgedDays) => sql`
  ${raw(alias)}.day >= ${from}::date and ${raw(alias)}.day < ${before}::date`

/** Uses the index of organisation and day. */
export const deleteDays = (db: Db, { limit, ...days }: AgedDays & { limit: number }) =>
  deleteRows(db, {
    table: "terminal_day",
    key: ["terminal_id", "day", "store_id"],
    due: sql`t.org_id = ${days.orgId}::uuid and ${agedDay("t", days)}`,
    within: sql`t.day < ${days.before}::date`,
    limit,
  })

/** Uses the index of organisation and hour. */
export const deletePlaceHours = (db: Db, { orgId, before, limit }: OfOrganisation) =>
  deleteRows(db, {
    table: "place_hour",
    key: ["store_id", "hour", "day"],
    due: sql`t.org_id = ${orgId}::uuid and t.hour < ${before}::timestamptz`,
    within: sql`t.org_id = ${orgId}::uuid and t.hour < ${before}::timestamptz`,
    limit,
  })

/** Uses the index of organisation and day. */
export const deleteOperators = (db: Db, { orgId, before, limit }: OfOrganisation) =>
  deleteRows(db, {
    table: "operator_day",
    key: ["terminal_id", "day", "store_id", "operator"],
    due: sql`t.org_id = ${orgId}::uuid and t.day < (${before}::timestamptz at time zone 'UTC')::date`,
    within: sql`t.day < (${before}::timestamptz at time zone 'UTC')::date`,
    limit,
  })

/** Uses the index of organisation and day. */
export const deletePlaceDays = (db: Db, { limit, ...days }: AgedDays & { limit: number }) =>
  deleteRows(db, {
    table: "place_day",
    key: ["store_id", "day"],
    due: sql`t.org_id = ${days.orgId}::uuid and ${agedDay("t", days)}`,
    within: sql`t.org_id = ${days.orgId}::uuid and t.day < ${days.before}::date`,
    limit,
  })

/** Rates of tables that hold for no kept day any more. Uses the key. */
export const deleteRates = (db: Db, { orgId, before, limit }: Omit<AgedDays, "from"> & { limit: number }) =>
  db.query<Deleted>(sql`
  with kept as (
    select max(day) as since from reference_rate where org_id = ${orgId}::uuid and day <= ${before}::date),
  old as (
    select r.day, r.issuer, r.entry_mode
      from reference_rate r
      join kept on r.day < kept.since
     where r.org_id = ${orgId}::uuid
     limit ${limit}),
  gone as (
    delete from reference_rate r using old
     where r.org_id = ${orgId}::uuid and r.day = old.day and r.issuer = old.issuer
       and r.entry_mode = old.entry_mode
    returning 1)
  select count(*) as count from gone`)

type Segments = AgedDays & { storeIds: number[]; dimensions: readonly string[]; limit: number }

/** Uses the key, which has store and dimension before the day. */
export const deleteSegments = (db: Db, { storeIds: ids, dimensions, limit, ...days }: Segments) =>
  db.query<Deleted>(sql`
  with old as (
    select g.org_id, g.store_id, g.dimension, g.day, g.value, g.cause, g.subcause
      from unnest(${ids}::bigint[]) as s (id)
     cross join unnest(${[...dimensions]}::text[]) as d (name)
      join segment_day g on g.org_id = ${days.orgId}::uuid and g.store_id = s.id and g.dimension = d.name
        and ${agedDay("g", days)}
     limit ${limit}),
  gone as (
    delete from segment_day g using old
     where g.org_id = old.org_id and g.store_id = old.store_id and g.dimension = old.dimension
       and g.day = old.day
       and g.value = old.value and g.cause = old.cause and g.subcause = old.subcause
    returning 1)
  select count(*) as count from gone`)

/**
 * Batches whose rows are all deleted. The age of a late batch is counted from its arrival, so that the index
 * finds the due ones first. Batches of imported history stay with their rows.
 */
export const deleteBatches = (db: Db, { orgId, from, before, limit }: Span & { limit: number }) =>
  db.query<Deleted>(sql`
  with old as (
    select b.id
      from ingest_batch b
     where b.org_id = ${orgId}::uuid and b.received_at < ${before}::timestamptz + interval '1 day'
       and b.folded_at is not null and b.min_at >= ${from}::timestamptz
       and b.max_at <= ${before}::timestamptz
     order by b.received_at
     limit ${limit}),
  gone as (delete from ingest_batch b using old where b.id = old.id returning 1)
  select count(*) as count from gone`)

/** Uses the index of organisation and day. */
const deleteDaysIn =
  (table: string, key: string[]) =>
  (db: Db, { limit, ...days }: AgedDays & { limit: number }) =>
    deleteRows(db, {
      table,
      key,
      due: sql`t.org_id = ${days.orgId}::uuid and ${agedDay("t", days)}`,
      limit,
    })

const lostKey = ["terminal_id", "org_id", "store_id", "day", "cause", "currency"]
export const deleteLost = deleteDaysIn("lost_day", lostKey)
export const deleteSpeeds = deleteDaysIn("speed_day", ["org_id", "store_id", "dimension", "day", "value"])
const availabilityKey = ["terminal_id", "org_id", "store_id", "day"]
export const deleteAvailability = deleteDaysIn("availability_day", availabilityKey)

/** Uses the index of organisation and time. A verdict goes with its sale. */
export const deleteVerdicts = (db: Db, { orgId, before, limit }: OfOrganisation) =>
  deleteRows(db, {
    table: "verdict",
    key: ["terminal_id", "id", "at"],
    due: sql`t.org_id = ${orgId}::uuid and t.happened_at < ${before}::timestamptz`,
    limit,
  })

/** Uses the index of organisation and time. */
export const deleteSightings = (db: Db, { orgId, limit }: { orgId: string; limit: number }) =>
  deleteRows(db, {
    table: "card_sighting",
    key: ["card_ref", "terminal_id", "id", "at"],
    due: sql`
      t.org_id = ${orgId}::uuid and t.happened_at < now() - ${sightingDays}::int * interval '1 day'`,
    limit,
  })

/** Uses the index of organisation and time. Its terminals go with an incident. */
export const deleteIncidents = (
  db: Db,
  { orgId, before, limit }: Omit<AgedDays, "from"> & { limit: number },
) =>
  deleteRows(db, {
    table: "incident",
    key: ["id"],
    due: sql`
      t.org_id = ${orgId}::uuid and t.opened_at < ${before}::date and t.closed_at < ${before}::date`,
    limit,
  })
