import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"

export type ChangeKind = "terminal" | "store" | "model" | "organisation"

export const insertChanges = (db: Db, kind: ChangeKind, ids: readonly number[]) =>
  db.query(sql`
  insert into fleet_change (org_id, kind, subject_id)
  select ${ownOrg}, ${kind}, subject.id from unnest(${[...ids]}::bigint[]) as subject (id)`)
