import sql from "sql-template-tag"
import type { Flag, Reason } from "@/lib/insight/flags/schemas"
import type { FlagKind, RuleName } from "@/lib/insight/flags/words"

/** A flag as statements answer it. */
export type FlagRow = {
  id: number
  kind: FlagKind
  rule: RuleName
  status: "open" | "closed"
  reasons: Reason[]
  since_at: Date
  opened_at: Date
  closed_at: Date | null
  acknowledged_at: Date | null
  assignee: string | null
  snoozed_until: Date | null
  muted_until: Date | null
  incident_id: number | null
  stake_minor: number | null
  stake_currency: string | null
  remote: Flag["remote"]
  terminal_id: number | null
  serial: string | null
  model: string | null
  store_id: number | null
  store_name: string | null
  store_code: string | null
}

/** The columns of a `FlagRow`, of flag `f` and what `flagNames` joins. */
export const flagColumns = sql`
  f.id, f.kind, f.rule, f.status, f.reasons, f.since_at, f.opened_at, f.closed_at, f.acknowledged_at,
  f.assignee, f.snoozed_until, f.muted_until, f.terminal_id, f.incident_id,
  f.stake_minor, f.stake_currency,
  (select jsonb_build_object('action', r.action, 'state', r.state)
     from remote_action r where r.flag_id = f.id order by r.id desc limit 1) as remote,
  t.serial, m.name as model, f.store_id, s.name as store_name, s.code as store_code`

export const flagNames = sql`
    left join terminal t on t.id = f.terminal_id
    left join terminal_model m on m.id = t.model_id
    left join store s on s.id = f.store_id`
