import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

export const deleteExpired = (db: Db, now: Date) =>
  db.query<{ count: number }>(sql`
  with expired as (delete from rate_limit where expire < ${now.getTime()}::bigint returning 1)
  select count(*) as count from expired`)
