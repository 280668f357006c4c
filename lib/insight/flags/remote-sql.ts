import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { RemoteAction, RemoteState } from "@/lib/insight/flags/remote-words"
import type { RuleName } from "@/lib/insight/flags/words"

export type PendingRow = {
  id: number
  flag_id: number
  terminal_id: number
  store_id: number | null
  action: RemoteAction
  state: "asked" | "taken"
  asked_at: Date
  asked_by: string
  due_at: Date
  rule: RuleName
  subject: string
  is_closed: boolean
}

/** What is pending at terminals. */
export const pendingAt = (db: Db, ids: readonly number[]) =>
  db.query<PendingRow>(sql`
  select a.id, a.flag_id, a.terminal_id, a.store_id, a.action, a.state, a.asked_at, a.asked_by, a.due_at,
         f.rule, f.subject, f.status = 'closed' as is_closed
    from remote_action a
    join flag f on f.id = a.flag_id
   where a.terminal_id = any(${[...ids]}::bigint[]) and a.state in ('asked', 'taken')`)

export type Ended = PendingRow & { outcome: RemoteState }
type Ending = { orgId: string; at: Date; ended: readonly Ended[] }

/** Leaves those as they are that somebody has taken or ended since they were read. */
export const endActions = (db: Db, { at, ended }: Ending) =>
  db.query<{ id: number }>(sql`
  update remote_action a set state = g.outcome, ended_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as g (id bigint, state text, outcome text)
   where a.id = g.id and a.state = g.state
  returning a.id`)

export const insertResults = (db: Db, { orgId, at, ended }: Ending, by: string) =>
  db.query(sql`
  insert into flag_event (org_id, flag_id, store_id, at, by, change)
  select ${orgId}::uuid, g.flag_id, g.store_id, ${at}::timestamptz, ${by},
         jsonb_build_object('what', 'tried', 'action', g.action, 'state', g.outcome)
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb)
           as g (flag_id bigint, store_id bigint, action text, outcome text)`)

/** What helped is a finding of whoever asked for it. */
export const insertFixed = (db: Db, { orgId, at, ended }: Ending) =>
  db.query(sql`
  insert into finding (org_id, flag_id, rule, subject, terminal_id, store_id, outcome, found_at, by)
  select ${orgId}::uuid, g.flag_id, g.rule, g.subject, g.terminal_id, g.store_id, 'fixed_remotely',
         ${at}::timestamptz, g.asked_by
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb)
           as g (flag_id bigint, rule text, subject text, terminal_id bigint, store_id bigint, asked_by text,
                 outcome text)
   where g.outcome = 'helped'`)
