import sql, { empty, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Days } from "@/lib/base/time/range"

export type LostRow = {
  value: string
  label: string | null
  currency: string
  sales: number
  amountMinor: number
}

type Asked = {
  days: Days
  store: number | undefined
  terminal: number | undefined
  /** Whether the organisation's own sums can be read. */
  isWhole: boolean
}

const places = ({ store, terminal, isWhole }: Asked): Sql => {
  const inStore = store === undefined ? empty : sql`and l.store_id = ${store}::bigint`
  if (terminal !== undefined) return sql`l.terminal_id = ${terminal}::bigint ${inStore}`
  if (store !== undefined) return sql`l.terminal_id = 0 ${inStore}`
  return isWhole ? sql`l.terminal_id = 0 and l.store_id = 0` : sql`l.terminal_id = 0 and l.store_id <> 0`
}

const inDays = ({ days }: Asked): Sql => sql`
  l.org_id = ${ownOrg} and l.day between ${days.first}::date and ${days.last}::date`

export const lostByCause = (db: Db, asked: Asked) =>
  db.query<LostRow>(sql`
  select l.cause as value, null as label, l.currency, sum(l.sales)::int as sales,
         sum(l.lost_minor)::bigint as "amountMinor"
    from lost_day l
   where ${inDays(asked)} and ${places(asked)}
   group by 1, 3
  having sum(l.sales) > 0
   order by sales desc, 1, 3`)

/** By the terminals that a store has or had. */
export const lostByTerminal = (db: Db, asked: Asked & { store: number }) =>
  db.query<LostRow>(sql`
  select l.terminal_id::text as value, t.serial as label, l.currency, sum(l.sales)::int as sales,
         sum(l.lost_minor)::bigint as "amountMinor"
    from (select distinct terminal_id from terminal_store
           where store_id = ${asked.store}::bigint
             and terminal_id = coalesce(${asked.terminal ?? null}::bigint, terminal_id)) p
    join lost_day l on l.terminal_id = p.terminal_id and l.store_id = ${asked.store}::bigint
    join terminal t on t.id = l.terminal_id
   where ${inDays(asked)}
   group by 1, 2, 3
  having sum(l.sales) > 0
   order by sales desc, 2, 3`)
