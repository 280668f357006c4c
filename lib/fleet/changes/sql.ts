import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"

export type ChangeKind = "terminal" | "store" | "model" | "organisation"

export const insertChanges = (db: Db, kind: ChangeKind, ids: readonly number[]) =>
  db.query(sql`
  insert into fleet_change (org_id, kind, subject_id)
  select ${ownOrg}, ${kind}, subject.id from unnest(${[...ids]}::bigint[]) as subject (id)`)

const stores = {
  organisation: () => sql`true`,
  merchant: (id: number) => sql`merchant_id = ${id}::bigint`,
  region: (id: number) => sql`region_id = ${id}::bigint`,
  store: (id: number) => sql`id = ${id}::bigint`,
} as const satisfies Record<string, (id: number) => Sql>
export type WideKind = keyof typeof stores

export const insertStoresOf = (db: Db, kind: WideKind, id: number) =>
  db.query(sql`
  insert into fleet_change (org_id, kind, subject_id)
  select org_id, 'store', id from store where org_id = ${ownOrg} and ${stores[kind](id)}`)
