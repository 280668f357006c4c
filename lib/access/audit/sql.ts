import sql, { empty, type Sql } from "sql-template-tag"
import { commandId, type Actor } from "@/lib/access/actor/actor"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"

export type Entry = {
  action: string
  subjectKind: string
  subjectId: string
  subjectName: string
  before: object | null
  after: object | null
}

export type By = { orgId: string; kind: string; id: string; name: string; address: string | null }

export const insertEntries = (db: Db, by: By, entries: Entry[]) =>
  db.query(sql`
  insert into audit_entry (org_id, actor_kind, actor_id, actor_name, address, action, subject_kind,
    subject_id, subject_name, before, after)
  select ${by.orgId}::uuid, ${by.kind}, ${by.id}, ${by.name}, ${by.address}, e.action, e."subjectKind",
         e."subjectId", e."subjectName", e.before, e.after
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as e (action text, "subjectKind" text, "subjectId" text, "subjectName" text, before jsonb,
        after jsonb)`)

type Values = Record<string, unknown> | null
export type EntryRow = {
  id: number
  at: Date
  actor_kind: Actor["kind"]
  actor_id: string
  actor_name: string
  address: string | null
  action: string
  subject_kind: string
  subject_id: string
  subject_name: string
  before: Values
  after: Values
}

export type Filter = {
  by?: string | undefined
  action?: string | undefined
  subject?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

const matching = ({ by, action, subject, from, to }: Filter): Sql => sql`
  ${by === undefined ? empty : sql`and actor_id = ${by}`}
  ${action === undefined ? empty : sql`and action = ${action}`}
  ${
    subject === undefined
      ? empty
      : sql`and (subject_id = ${subject} or ${contains([sql`subject_name`], subject)})`
  }
  ${from === undefined ? empty : sql`and at >= ${from}::timestamptz`}
  ${to === undefined ? empty : sql`and at < ${to}::timestamptz`}`

/** Newest first. */
export const entryOrder: ListOrder = {
  list: "audit",
  keys: [{ value: sql`id`, type: "bigint" }],
  isDescending: true,
}

export const entryPage = (db: Db, filter: Filter, slice: Slice) =>
  db.query<EntryRow & { place: Place }>(sql`
  select id, at, actor_kind, actor_id, actor_name, address, action, subject_kind, subject_id, subject_name,
         before, after, ${slice.place} as place
    from audit_entry
   where org_id = ${ownOrg} ${matching(filter)} and ${slice.condition}
  ${slice.ordered}`)

export const allEntries = (filter: Filter): Sql =>
  sql`select 1 from audit_entry where org_id = ${ownOrg} ${matching(filter)}`

/**
 * The actors that have audit entries, with their newest name. One index lookup for each possible actor, so
 * the table's size does not matter.
 */
export const actorRows = (db: Db) =>
  db.query<{ kind: Actor["kind"]; id: string; name: string }>(sql`
  select newest.actor_kind as kind, newest.actor_id as id, newest.actor_name as name
    from (select id::text from app_user where org_id = ${ownOrg}
          union all
          select id::text from api_key where org_id = ${ownOrg}
          union all
          select ${commandId}) actor (id)
   cross join lateral (
      select actor_kind, actor_id, actor_name
        from audit_entry
       where org_id = ${ownOrg} and actor_id = actor.id
       order by id desc
       limit 1) newest
   order by name`)

/** The actions that have audit entries, found by index like `actorRows`. */
export const actionRows = (db: Db, actions: readonly string[]) =>
  db.query<{ action: string }>(sql`
  select action from unnest(${actions}::text[]) known (action)
   where exists (select from audit_entry e where e.org_id = ${ownOrg} and e.action = known.action)
   order by action`)
