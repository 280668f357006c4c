import sql, { empty, raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

export type StoreCounts = { id: number; stores: number; terminals: number }

const columns = { merchant: raw("merchant_id"), region: raw("region_id") }

/** Stores of each merchant or region, or of the one with this id, and the terminals in them. */
export function storesBy(db: Db, group: keyof typeof columns, id: number | null = null) {
  const column = columns[group]
  const isOne = id === null ? empty : sql`and s.${column} = ${id}::bigint`
  const ofOne = id === null ? empty : sql`and store_id in (select s.id from store s where true ${isOne})`
  return db.query<StoreCounts>(sql`
  select s.${column} as id, count(*) as stores, coalesce(sum(p.terminals), 0)::bigint as terminals
    from store s
    left join (select store_id, count(*) as terminals from terminal_store
                where to_at is null ${ofOne}
                group by 1) p on p.store_id = s.id
   where s.${column} is not null ${isOne}
   group by 1`)
}
