import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

export type Watch = { check_at: Date | null; open_from: Date | null }

/** When to look for an outage next (null: never looked), and the beginning of one that goes on. */
export const watchOf = (db: Db, orgId: string) =>
  db.query<Watch>(sql`
  select nullif(o.check_outages_at, '-infinity') as check_at,
         (select max(from_at) from own_outage w where w.org_id = o.id and w.to_at is null) as open_from
    from organisation o where o.id = ${orgId}::uuid`)

type Receipts = {
  first_at: Date | null
  last_at: Date | null
  gaps: { from: string; to: string }[]
}
type Range = { orgId: string; from: Date; to: Date; longestSeconds: number }

/**
 * When heartbeats first came in after `from` and when last, and the gaps between receipts that are too long
 * and end after `from`. Only heartbeats that were measured shortly before count: a file of old ones is no
 * sign of life. Milliseconds are as exact as a Date.
 */
export const receiptsIn = (db: Db, { orgId, from, to, longestSeconds }: Range) =>
  db.query<Receipts>(sql`
  with receipt as (
    select date_trunc('milliseconds', received_at) as at from ingest_batch
     where org_id = ${orgId}::uuid and kind = 'heartbeat'
       and received_at > ${from}::timestamptz and received_at <= ${to}::timestamptz
       and max_at > received_at - ${longestSeconds}::int * interval '1 second'
    union
    (select date_trunc('milliseconds', received_at) from ingest_batch
      where org_id = ${orgId}::uuid and kind = 'heartbeat'
        and received_at <= ${from}::timestamptz and received_at > ${from}::timestamptz - interval '8 days'
        and max_at > received_at - ${longestSeconds}::int * interval '1 second'
      order by received_at desc
      limit 1)),
  gap as (select lag(at) over (order by at) as begins_at, at as ends_at from receipt)
  select (select min(at) from receipt where at > ${from}::timestamptz) as first_at,
         (select max(at) from receipt) as last_at,
         coalesce(jsonb_agg(jsonb_build_object('from', begins_at, 'to', ends_at) order by begins_at), '[]')
           as gaps
    from gap
   where ends_at - begins_at >= ${longestSeconds}::int * interval '1 second'
     and ends_at > ${from}::timestamptz`)

type Fleet = { orgId: string; beatingSince: Date; now: Date; atMost: number }

/** How many terminals that sent a heartbeat lately are silent now, or are about to be. */
export const countSilent = (db: Db, { orgId, beatingSince, now, atMost }: Fleet) =>
  db.query<{ count: number }>(sql`
  select count(*)::int as count
    from ((select terminal_id from terminal_state
            where org_id = ${orgId}::uuid and online_state in ('late', 'suspect', 'offline')
              and last_received_at > ${beatingSince}::timestamptz
            limit ${atMost}::int)
          union
          (select terminal_id from terminal_state
            where org_id = ${orgId}::uuid and next_state_at <= ${now}::timestamptz
              and last_received_at > ${beatingSince}::timestamptz
            limit ${atMost}::int)) silent`)

export const insertOutage = (db: Db, { orgId, from, to }: { orgId: string; from: Date; to: Date | null }) =>
  db.query(sql`
  insert into own_outage as w (org_id, from_at, to_at)
  values (${orgId}::uuid, ${from}::timestamptz, ${to}::timestamptz)
  on conflict (org_id, from_at) do update set to_at = excluded.to_at`)

export const checkOutagesAt = (db: Db, { orgId, at }: { orgId: string; at: Date }) =>
  db.query(sql`
  update organisation set check_outages_at = ${at}::timestamptz where id = ${orgId}::uuid`)

/** Some terminals whose state is known. */
export const withKnownState = (db: Db, { orgId, limit }: { orgId: string; limit: number }) =>
  db.query<{ id: number }>(sql`
  select terminal_id as id from terminal_state
   where org_id = ${orgId}::uuid and online_state in ('online', 'late', 'suspect', 'offline')
   limit ${limit}::int`)

/** During an outage no state is known. All of them are due when it ends. */
export const makeUnknown = (db: Db, { ids, now }: { ids: readonly number[]; now: Date }) =>
  db.query(sql`
  update terminal_state
     set online_state = 'unknown', online_state_since = ${now}::timestamptz,
         next_state_at = ${now}::timestamptz
   where terminal_id = any(${[...ids]}::bigint[]) and online_state <> 'unknown'`)

/** Lets the states of silent terminals be worked out again, in slices. */
export const noteEnd = (db: Db, orgId: string) =>
  db.query(sql`
  insert into fleet_change (org_id, kind, subject_id) values (${orgId}::uuid, 'outage', 0)`)

/** The outages that ended after an instant, in order. */
export const outagesSince = (db: Db, { orgId, since }: { orgId: string; since: Date }) =>
  db.query<{ from_at: Date; to_at: Date }>(sql`
  select from_at, to_at from own_outage
   where org_id = ${orgId}::uuid and to_at > ${since}::timestamptz order by from_at`)
