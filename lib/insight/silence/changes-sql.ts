import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

type Slice = { orgId: string; limit: number }

/** Takes the oldest changed terminals. */
export const takeTerminals = (db: Db, { orgId, limit }: Slice) =>
  db.query<{ id: number }>(sql`
  delete from fleet_change
   where id in (select id from fleet_change where org_id = ${orgId}::uuid and kind = 'terminal'
                 order by id limit ${limit}::int)
  returning subject_id as id`)

export type Change = { id: number; kind: "store" | "model" | "organisation"; subject: number; after: number }

/** The oldest change of a store, a model or the whole organisation. */
export const oldestChange = (db: Db, orgId: string) =>
  db.query<Change>(sql`
  select id, kind, subject_id as subject, after_terminal_id as after
    from fleet_change where org_id = ${orgId}::uuid and kind <> 'terminal' order by id limit 1`)

/** The next terminals of a change, in order. */
export const terminalsOf = (db: Db, { kind, subject, after }: Change, { orgId, limit }: Slice) =>
  db.query<{ id: number }>(
    kind === "store"
      ? sql`
        select terminal_id as id from terminal_store
         where store_id = ${subject}::bigint and to_at is null and terminal_id > ${after}::bigint
         order by 1 limit ${limit}::int`
      : sql`
        select id from terminal
         where org_id = ${orgId}::uuid and id > ${after}::bigint
           and (${kind} = 'organisation' or model_id = ${subject}::bigint)
         order by 1 limit ${limit}::int`,
  )

export const continueAfter = (db: Db, { id }: Change, terminalId: number) =>
  db.query(sql`
  update fleet_change set after_terminal_id = ${terminalId}::bigint where id = ${id}::bigint`)

export const endChange = (db: Db, { id }: Change) =>
  db.query(sql`delete from fleet_change where id = ${id}::bigint`)

/** Makes the rounds look at terminals. A new terminal gets its row. */
export const lookAgain = (
  db: Db,
  { ids, now, isStateDue }: { ids: readonly number[]; now: Date; isStateDue: boolean },
) =>
  db.query(sql`
  insert into terminal_state as st (terminal_id, org_id)
  select id, org_id from terminal where id = any(${[...ids]}::bigint[]) order by id
  on conflict (terminal_id) do update
     set next_look_at = ${now}::timestamptz,
         next_state_at = case when ${isStateDue}::boolean then ${now}::timestamptz else st.next_state_at end`)
