import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { IncidentClass } from "@/lib/insight/incidents/words"

export type LineRow = {
  terminal_id: number
  store_id: number
  carrier: string
  day: string
  /** Failures of the line on the store's day so far, and in the last two hours; expected in millionths. */
  observed: number
  expected: number
  recent_observed: number
  recent_expected: number
}

/** How the lines of terminals do today. Rows of yesterday are read with them where days differ by zone. */
export const linesToday = (db: Db, { orgId, now }: { orgId: string; now: Date }) =>
  db.query<LineRow>(sql`
  select h.terminal_id, h.store_id, h.day, coalesce(st.carrier, '') as carrier,
         sum(h.ch_tech)::int as observed, sum(h.e_tech)::float8 as expected,
         coalesce(sum(h.ch_tech) filter (where h.hour > ${now}::timestamptz - interval '2 hours'), 0)::int
           as recent_observed,
         coalesce(sum(h.e_tech) filter (where h.hour > ${now}::timestamptz - interval '2 hours'), 0)::float8
           as recent_expected
    from terminal_hour h
    join store s on s.id = h.store_id
    left join terminal_state st on st.terminal_id = h.terminal_id
   where h.org_id = ${orgId}::uuid and h.hour > ${now}::timestamptz - interval '26 hours'
     and h.day = (${now}::timestamptz at time zone s.time_zone)::date
   group by 1, 2, 3, 4`)

/** The acquirers of terminals' TIDs. */
export const acquirersNow = (db: Db, { orgId, now }: { orgId: string; now: Date }) =>
  db.query<{ id: string; acquirer: string }>(sql`
  select terminal_id::text as id, min(acquirer_id)::text as acquirer
    from terminal_tid
   where org_id = ${orgId}::uuid and acquirer_id is not null and from_at <= ${now}::timestamptz
     and (to_at is null or to_at > ${now}::timestamptz)
   group by 1`)

export type EarlyRow = {
  id: number
  class: IncidentClass
  store_id: number | null
  acquirer_id: number | null
  value: string | null
  quiet_hours: number
}

/** Open incidents that the hours have opened. */
export const earlyIncidents = (db: Db, orgId: string) =>
  db.query<EarlyRow>(sql`
  select id, class, store_id, acquirer_id, value, quiet_hours
    from incident
   where org_id = ${orgId}::uuid and closed_at is null and quiet_hours is not null`)

export const noteQuiet = (db: Db, rows: readonly { id: number; quiet: number }[]) =>
  db.query(sql`
  update incident i set quiet_hours = g.quiet
    from unnest(${rows.map(({ id }) => id)}::bigint[], ${rows.map(({ quiet }) => quiet)}::int[])
           as g (id, quiet)
   where i.id = g.id`)
