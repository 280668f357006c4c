import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Reason } from "@/lib/insight/flags/schemas"
import { nightlyRules, urgencyOf, type NightlyRule } from "@/lib/insight/flags/words"

const rules = [...nightlyRules]

export type LiveFlag = {
  id: number
  rule: NightlyRule
  terminal_id: number
  store_id: number | null
  reasons: Reason[]
}

export const liveNightlyFlags = (db: Db, orgId: string) =>
  db.query<LiveFlag>(sql`
  select id, rule, terminal_id, store_id, reasons
    from flag
   where org_id = ${orgId}::uuid and status = 'open' and rule = any(${rules}::text[])`)

export type NewFlag = {
  rule: NightlyRule
  terminal_id: number
  store_id: number
  since_at: Date
  reasons: Reason[]
}

type Written = { orgId: string; at: Date }

const withUrgency = (flag: NewFlag) => ({
  ...flag,
  urgency: urgencyOf({ rule: flag.rule, kind: "maintenance" }),
})

export const insertFlags = (db: Db, { orgId, at, flags }: Written & { flags: readonly NewFlag[] }) =>
  db.query<{ terminal_id: number }>(sql`
  insert into flag (org_id, kind, rule, urgency, subject, terminal_id, store_id, status, since_at,
    opened_at, evaluated_at, reasons)
  select ${orgId}::uuid, 'maintenance', g.rule, g.urgency, 'terminal:' || g.terminal_id, g.terminal_id,
         g.store_id, 'open', g.since_at, ${at}::timestamptz, ${at}::timestamptz, g.reasons
    from jsonb_to_recordset(${JSON.stringify(flags.map(withUrgency))}::jsonb)
           as g (rule text, urgency int, terminal_id bigint, store_id bigint, since_at timestamptz,
                 reasons jsonb)
  on conflict (org_id, rule, subject) where status <> 'closed' do nothing
  returning terminal_id`)

export type Restated = { id: number; store_id: number; reasons: Reason[] }

export const restateFlags = (db: Db, { at, flags }: { at: Date; flags: readonly Restated[] }) =>
  db.query(sql`
  update flag f
     set store_id = g.store_id, reasons = g.reasons, evaluated_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb) as g (id bigint, store_id bigint, reasons jsonb)
   where f.id = g.id`)

export const closeFlags = (db: Db, { at, ids }: { at: Date; ids: readonly number[] }) =>
  db.query(sql`
  update flag
     set status = 'closed', closed_at = ${at}::timestamptz, evaluated_at = ${at}::timestamptz
   where id = any(${[...ids]}::bigint[]) and status = 'open'`)

/**
 * Open nightly flags of terminals that are out of service, or whose store has closed for good. No night looks
 * at these terminals.
 */
export const flagsOutOfService = (db: Db, { orgId, at }: Written) =>
  db.query<{ id: number; terminal_id: number }>(sql`
  select f.id, f.terminal_id
    from flag f
    left join terminal_status u on u.terminal_id = f.terminal_id and u.to_at is null
    left join terminal_store p on p.terminal_id = f.terminal_id and p.to_at is null
    left join store s on s.id = p.store_id
   where f.org_id = ${orgId}::uuid and f.status = 'open' and f.rule = any(${rules}::text[])
     and (u.status is distinct from 'active'
          or s.closed_on <= (${at}::timestamptz at time zone s.time_zone)::date)`)
