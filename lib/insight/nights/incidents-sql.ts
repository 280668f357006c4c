import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Named } from "@/lib/insight/incidents/row-of"
import type { IncidentClass, IncidentStep } from "@/lib/insight/incidents/words"

export type LatestRow = {
  id: number
  class: IncidentClass
  subject: string
  is_open: boolean
  first_on: string
  last_on: string
  p: number
}

/** Open incidents, and the newest closed one of each of these subjects. */
export const latestIncidents = (
  db: Db,
  { orgId, subjects }: { orgId: string; subjects: readonly string[] },
) =>
  db.query<LatestRow>(sql`
  select id, class, subject, true as is_open, first_on, last_on, p
    from incident where org_id = ${orgId}::uuid and closed_at is null
  union all
  (select distinct on (class, subject) id, class, subject, false, first_on, last_on, p
     from incident i
    where org_id = ${orgId}::uuid and closed_at is not null and subject = any(${[...subjects]}::text[])
      and not exists (select from incident o where o.org_id = i.org_id and o.class = i.class
                         and o.subject = i.subject and o.closed_at is null)
    order by class, subject, last_on desc, id desc)`)

type Numbers = { observed: number; expected: number; p: number }
export type NewIncident = Named &
  Numbers & {
    class: IncidentClass
    subject: string
    component: string | null
    first_on: string
    last_on: string
    /** 0 if the hours open it and may close it; null if the nights do. */
    quiet_hours: number | null
  }

type At = { orgId: string; at: Date }
const step = (at: Date, what: IncidentStep) => sql`
  jsonb_build_array(jsonb_build_object('at', to_char(${at}::timestamptz at time zone 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'what', ${what}::text, 'observed', g.observed,
    'expected', g.expected))`

export const openIncidents = (db: Db, { orgId, at, incidents }: At & { incidents: readonly NewIncident[] }) =>
  db.query<{ id: number; class: IncidentClass; subject: string }>(sql`
  insert into incident (org_id, class, subject, store_id, terminal_id, model_id, acquirer_id, value,
    component, first_on, last_on, opened_at, observed, expected, p, quiet_hours,
    timeline)
  select ${orgId}::uuid, g.class, g.subject, g.store_id, g.terminal_id, g.model_id, g.acquirer_id, g.value,
         g.component, g.first_on, g.last_on, ${at}::timestamptz, g.observed, g.expected, g.p,
         g.quiet_hours,
         ${step(at, "opened")}
    from jsonb_to_recordset(${JSON.stringify(incidents)}::jsonb)
           as g (class text, subject text, store_id bigint, terminal_id bigint, model_id bigint,
                 acquirer_id bigint, value text, component text, first_on date, last_on date,
                 observed float8, expected float8, p float8, quiet_hours int)
  on conflict (org_id, class, subject) where closed_at is null do nothing
  returning id, class, subject`)

export type Extended = Numbers & { id: number; last_on: string }

/** Adds a later day. The numbers shown are those of the worst day. */
export const extendIncidents = (db: Db, { at, incidents }: { at: Date; incidents: readonly Extended[] }) =>
  db.query(sql`
  update incident i
     set last_on = greatest(i.last_on, g.last_on),
         observed = case when g.p <= i.p then g.observed else i.observed end,
         expected = case when g.p <= i.p then g.expected else i.expected end,
         p = least(i.p, g.p),
         timeline = i.timeline || ${step(at, "extended")}
    from jsonb_to_recordset(${JSON.stringify(incidents)}::jsonb)
           as g (id bigint, last_on date, observed float8, expected float8, p float8)
   where i.id = g.id`)

/**
 * Closes incidents that are over, or part of a wider one. One that is closed already, maybe by another worker
 * just now, stays as it is, but may turn out to be part of a wider one.
 */
export const closeIncidents = (
  db: Db,
  { at, closed }: { at: Date; closed: readonly { id: number; wider: number | null }[] },
) =>
  db.query(sql`
  update incident i
     set closed_at = coalesce(i.closed_at, ${at}::timestamptz), merged_into = g.wider,
         timeline = i.timeline || case when g.wider is null then ${step(at, "closed")}
                                       else ${step(at, "merged")} end
    from (select c.id, c.wider, null::float8 as observed, null::float8 as expected
            from unnest(${closed.map(({ id }) => id)}::bigint[],
                        ${closed.map(({ wider }) => wider)}::bigint[])
                   as c (id, wider)) g
   where i.id = g.id and (i.closed_at is null or (i.merged_into is null and g.wider is not null))`)

export type Member = {
  incident_id: number
  terminal_id: number
  store_id: number
  on: string
  observed: number
  expected: number
}

/** Books bad days of terminals to incidents. The night replaces what the hours booked of a first day. */
export const addMembers = (db: Db, { orgId, members }: { orgId: string; members: readonly Member[] }) =>
  db.query(sql`
  insert into incident_member as m (incident_id, terminal_id, org_id, store_id, first_on, last_on, observed,
    expected)
  select g.incident_id, g.terminal_id, ${orgId}::uuid, min(g.store_id), min(g."on"), max(g."on"),
         sum(g.observed), sum(g.expected)
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb)
           as g (incident_id bigint, terminal_id bigint, store_id bigint, "on" date, observed float8,
                 expected float8)
   group by 1, 2
   order by 1, 2
  on conflict (incident_id, terminal_id) do update
     set last_on = greatest(m.last_on, excluded.last_on), store_id = excluded.store_id,
         observed = case when m.first_on = excluded.first_on then excluded.observed
                         else m.observed + excluded.observed end,
         expected = case when m.first_on = excluded.first_on then excluded.expected
                         else m.expected + excluded.expected end`)
