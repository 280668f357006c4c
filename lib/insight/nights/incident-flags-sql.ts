import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Reason } from "@/lib/insight/flags/schemas"
import type { FlagKind, IncidentRule } from "@/lib/insight/flags/words"
import type { IncidentClass } from "@/lib/insight/incidents/words"

export type OpenIncident = {
  id: number
  class: IncidentClass
  subject: string
  store_id: number | null
  value: string | null
  observed: number
  expected: number
  last_on: string
  opened_at: Date
  acquirer: string | null
  model: string | null
  serial: string | null
  flag_id: number | null
  is_flag_open: boolean | null
}

/** Open incidents of some classes with their latest flag. */
export const openIncidents = (
  db: Db,
  { orgId, classes }: { orgId: string; classes: readonly IncidentClass[] },
) =>
  db.query<OpenIncident>(sql`
  select i.id, i.class, i.subject, i.store_id, i.value, i.observed, i.expected, i.last_on, i.opened_at,
         a.name as acquirer, m.name as model, t.serial, f.id as flag_id, f.status = 'open' as is_flag_open
    from incident i
    left join acquirer a on a.id = i.acquirer_id
    left join terminal_model m on m.id = i.model_id
    left join terminal t on t.id = i.terminal_id
    left join lateral (
      select id, status from flag where incident_id = i.id order by id desc limit 1) f on true
   where i.org_id = ${orgId}::uuid and i.closed_at is null and i.class = any(${[...classes]}::text[])
   order by i.id`)

export type IncidentFlag = {
  incident_id: number
  rule: IncidentRule
  kind: FlagKind
  urgency: number
  subject: string
  store_id: number | null
  since_at: Date
  reasons: Reason[]
}

type At = { orgId: string; at: Date }

export const insertIncidentFlags = (db: Db, { orgId, at, flags }: At & { flags: readonly IncidentFlag[] }) =>
  db.query<{ id: number }>(sql`
  insert into flag (org_id, kind, rule, urgency, subject, store_id, status, since_at, opened_at, evaluated_at,
    reasons, incident_id)
  select ${orgId}::uuid, g.kind, g.rule, g.urgency, g.subject, g.store_id, 'open', g.since_at,
         ${at}::timestamptz, ${at}::timestamptz, g.reasons, g.incident_id
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb)
           as g (incident_id bigint, rule text, kind text, urgency int, subject text, store_id bigint,
                 since_at timestamptz, reasons jsonb)
  on conflict (org_id, rule, subject) where status <> 'closed' do nothing
  returning id`)

export type RestatedFlag = { flag_id: number; reasons: Reason[]; muted_until: Date | null }

/** Writes those that have changed. */
export const restateIncidentFlags = (db: Db, { at, flags }: { at: Date; flags: readonly RestatedFlag[] }) =>
  db.query(sql`
  update flag f
     set reasons = g.reasons, muted_until = g.muted_until, evaluated_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb)
           as g (flag_id bigint, reasons jsonb, muted_until timestamptz)
   where f.id = g.flag_id and f.status = 'open'
     and (f.reasons, f.muted_until) is distinct from (g.reasons, g.muted_until)`)

/** Closes the flags of incidents that are over. */
export const closeEndedFlags = (db: Db, { orgId, at }: At) =>
  db.query<{ id: number }>(sql`
  update flag f
     set status = 'closed', closed_at = ${at}::timestamptz, evaluated_at = ${at}::timestamptz
    from incident i
   where f.org_id = ${orgId}::uuid and f.status = 'open' and i.id = f.incident_id
     and i.closed_at is not null
  returning f.id`)
