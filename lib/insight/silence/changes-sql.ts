import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

type Slice = { orgId: string; limit: number }

/** A row if a change waits. */
export const anyChange = (db: Db, orgId: string) =>
  db.query<{ id: number }>(sql`select id from fleet_change where org_id = ${orgId}::uuid limit 1`)

/** Takes the oldest changed terminals. */
export const takeTerminals = (db: Db, { orgId, limit }: Slice) =>
  db.query<{ id: number }>(sql`
  delete from fleet_change
   where id in (select id from fleet_change where org_id = ${orgId}::uuid and kind = 'terminal'
                 order by id limit ${limit}::int)
  returning subject_id as id`)

export type Change = {
  id: number
  kind: "store" | "model" | "organisation" | "outage"
  subject: number
  after: number
}

/** The oldest change of a store, a model or the whole organisation, or end of an outage. */
export const oldestChange = (db: Db, orgId: string) =>
  db.query<Change>(sql`
  select id, kind, subject_id as subject, after_terminal_id as after
    from fleet_change where org_id = ${orgId}::uuid and kind <> 'terminal' order by id limit 1`)

const scopes = {
  store: ({ subject }: Change) => sql`
    select terminal_id as id from terminal_store where store_id = ${subject}::bigint and to_at is null`,
  model: ({ subject }: Change, orgId: string) => sql`
    select id from terminal where org_id = ${orgId}::uuid and model_id = ${subject}::bigint`,
  organisation: (_: Change, orgId: string) => sql`select id from terminal where org_id = ${orgId}::uuid`,
  // Of the others, a deadline that an outage moves only comes too early.
  outage: (_: Change, orgId: string) => sql`
    select terminal_id as id from terminal_state
     where org_id = ${orgId}::uuid and online_state in ('late', 'suspect', 'offline')`,
} as const satisfies Record<Change["kind"], (change: Change, orgId: string) => Sql>

/** The next terminals of a change, in order. */
export const terminalsOf = (db: Db, change: Change, { orgId, limit }: Slice) =>
  db.query<{ id: number }>(sql`
  select id from (${scopes[change.kind](change, orgId)}) scope
   where id > ${change.after}::bigint order by id limit ${limit}::int`)

export const continueAfter = (db: Db, { id }: Change, terminalId: number) =>
  db.query(sql`
  update fleet_change set after_terminal_id = ${terminalId}::bigint where id = ${id}::bigint`)

export const endChange = (db: Db, { id }: Change) =>
  db.query(sql`delete from fleet_change where id = ${id}::bigint`)

type Due = { ids: readonly number[]; now: Date; isStateDue: boolean; isLookDue: boolean }

/**
 * Makes the rounds look at terminals. A new terminal gets its row. Citus knows no parameters of the conflict
 * that the rows do not have.
 */
export const lookAgain = (db: Db, { ids, now, isStateDue, isLookDue }: Due) =>
  db.query(sql`
  insert into terminal_state as st (terminal_id, org_id, next_state_at, next_look_at)
  select id, org_id, ${now}::timestamptz, ${now}::timestamptz
    from terminal where id = any(${[...ids]}::bigint[]) order by id
  on conflict (terminal_id) do update
     set next_state_at = ${isStateDue ? excluded.state : sql`st.next_state_at`},
         next_look_at = ${isLookDue ? excluded.look : sql`st.next_look_at`}`)

/** Flags that are not closed follow their terminals to other stores. */
export const followToStores = (db: Db, ids: readonly number[]) =>
  db.query(sql`
  update flag f set store_id = p.store_id
    from terminal_store p
   where p.terminal_id = any(${[...ids]}::bigint[]) and p.to_at is null
     and f.terminal_id = p.terminal_id and f.status <> 'closed' and f.store_id is distinct from p.store_id`)

const excluded = { state: sql`excluded.next_state_at`, look: sql`excluded.next_look_at` }
