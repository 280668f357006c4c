import sql, { empty } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { RemoteAction, RemoteState } from "@/lib/insight/flags/remote-words"
import type { RuleName } from "@/lib/insight/flags/words"
import type { RemoteQuery } from "@/lib/insight/remote/schemas"

/** The learnt intervals of terminals' heartbeats. */
export const intervalsOf = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number; seconds: number | null }>(sql`
  select terminal_id as id, learnt_interval_seconds as seconds
    from terminal_state where terminal_id = any(${[...ids]}::bigint[])`)

type Asked = { id: number; terminal_id: number | null; store_id: number | null; wait_seconds: number }
type Asking = { action: RemoteAction; by: string; at: Date }

export const insertActions = (db: Db, flags: readonly Asked[], { action, by, at }: Asking) =>
  db.query(sql`
  insert into remote_action (org_id, flag_id, terminal_id, store_id, action, asked_at, asked_by, due_at)
  select ${ownOrg}, g.id, g.terminal_id, g.store_id, ${action}, ${at}::timestamptz, ${by},
         ${at}::timestamptz + interval '1 second' * g.wait_seconds
    from jsonb_to_recordset(${JSON.stringify(flags)}::jsonb)
           as g (id bigint, terminal_id bigint, store_id bigint, wait_seconds int)`)

/** Ends what is pending of flags. */
export const endOfFlags = (
  db: Db,
  { flagIds, state, at }: { flagIds: readonly number[]; state: RemoteState; at: Date },
) =>
  db.query(sql`
  update remote_action set state = ${state}, ended_at = ${at}::timestamptz
   where flag_id = any(${[...flagIds]}::bigint[]) and state in ('asked', 'taken')`)

export type RemoteRow = {
  id: number
  action: RemoteAction
  state: RemoteState
  asked_at: Date
  asked_by: string
  due_at: Date
  taken_at: Date | null
  taken_by: string | null
  ended_at: Date | null
  flag_id: number
  rule: RuleName
  terminal_id: number
  serial: string
  model: string | null
}

const rows = sql`
  select a.id, a.action, a.state, a.asked_at, a.asked_by, a.due_at, a.taken_at, a.taken_by, a.ended_at,
         a.flag_id, f.rule, a.terminal_id, t.serial, m.name as model`
const names = sql`
    from remote_action a
    join flag f on f.id = a.flag_id
    join terminal t on t.id = a.terminal_id
    left join terminal_model m on m.id = t.model_id`

/** In the order in which they were asked for. */
export const remoteOrder: ListOrder = {
  list: "remote actions",
  keys: [{ value: sql`a.id`, type: "bigint" }],
}

export const remotePage = (
  db: Db,
  { state, terminal }: Pick<RemoteQuery, "state" | "terminal">,
  slice: Slice,
) =>
  db.query<RemoteRow & { place: Place }>(sql`
  ${rows}, ${slice.place} as place
    ${names}
   where a.org_id = ${ownOrg} and ${slice.condition}
     ${state === undefined ? empty : sql`and a.state = ${state}`}
     ${terminal === undefined ? empty : sql`and a.terminal_id = ${terminal}::bigint`}
  ${slice.ordered}`)

export const remoteById = (db: Db, id: number) =>
  db.query<RemoteRow>(sql`${rows} ${names} where a.org_id = ${ownOrg} and a.id = ${id}::bigint`)

/** It has as long to help as when it was asked for. */
export const takeAction = (db: Db, id: number, { by, at }: { by: string; at: Date }) =>
  db.query<{ id: number }>(sql`
  update remote_action
     set state = 'taken', taken_at = ${at}::timestamptz, taken_by = ${by},
         due_at = ${at}::timestamptz + (due_at - asked_at)
   where org_id = ${ownOrg} and id = ${id}::bigint and state = 'asked'
  returning id`)
