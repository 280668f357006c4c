import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

export const terminalsNamed = (db: Db, q: string, most: number) =>
  db.query<{ id: number }>(sql`select terminals_named(${q}, ${most}::int) as id`)

export const terminalsLabelled = (db: Db, label: string, most: number) =>
  db.query<{ id: number }>(sql`select terminals_labelled(${label}, ${most}::int) as id`)
