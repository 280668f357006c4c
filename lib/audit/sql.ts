import sql from "sql-template-tag"
import type { Db } from "@/lib/db/transaction"

export type Entry = {
  action: string
  subjectKind: string
  subjectId: string
  subjectName: string
  before: object | null
  after: object | null
}

export type By = { orgId: string; kind: string; id: string; name: string; address: string | null }

export const insertEntries = (db: Db, by: By, entries: Entry[]) => db.query(sql`
  insert into audit_entry (org_id, actor_kind, actor_id, actor_name, address, action, subject_kind, subject_id, subject_name, before, after)
  select ${by.orgId}::uuid, ${by.kind}, ${by.id}, ${by.name}, ${by.address}, e.action, e."subjectKind", e."subjectId", e."subjectName", e.before, e.after
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as e (action text, "subjectKind" text, "subjectId" text, "subjectName" text, before jsonb, after jsonb)`)
