import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { OneDay } from "@/lib/rollups/fold/sql/check"
import type { NewSales, Rollups, Sales, Touched } from "@/lib/rollups/fold/sql/tables"

// What a terminal's sales with each operator came to: the failures that an operator can cause.

/** The channels of failures that an operator can cause. */
export const operatorChannels = ["user", "chip", "contactless", "magstripe"] as const

const tallies = operatorChannels.map(
  (channel) => `count(*) filter (where not is_retry and channel = '${channel}')::int as ch_${channel}`,
)
const expected = operatorChannels.map((channel) => `coalesce(sum(r_${channel}), 0)::bigint as e_${channel}`)
const counts = [
  "presentments",
  ...operatorChannels.map((channel) => `ch_${channel}`),
  ...operatorChannels.map((channel) => `e_${channel}`),
]
const names = raw(counts.join(", "))
const added = raw(counts.map((name) => `${name} = r.${name} + excluded.${name}`).join(", "))
const key = raw("terminal_id, day, store_id, operator")

/** Rows by operator of sales `s`. A segment's operator begins with the store. */
const counted = sql`
  select s.terminal_id, s.day, s.store_id, substr(s.operator, strpos(s.operator, ':') + 1) as operator,
         n.org_id, count(*) filter (where not is_retry)::int as presentments,
         ${raw([...tallies, ...expected].join(", "))}`

type Replacing = { rollups: Rollups; touched: Touched }

/** Deletes the operators' rows of touched terminal-days. `firstDay` and `lastDay` bound them. */
export const takeOutOperators = (
  db: Db,
  { rollups, touched, firstDay, lastDay }: Replacing & { firstDay: string; lastDay: string },
) =>
  db.query(sql`
    delete from ${rollups.operators} o
     using ${touched} t
     where o.terminal_id = t.terminal_id and o.store_id = t.store_id and o.day = t.day
       and o.day >= ${firstDay}::date and o.day <= ${lastDay}::date`)

type Kept = { firstHourDay: string }

/** Inserts those of touched terminal-days from `firstHourDay` on. They are kept as long as hours. */
export const putInOperators = (
  db: Db,
  { rollups, touched, sales, firstHourDay }: Replacing & Kept & { sales: Sales },
) =>
  db.query(sql`
    insert into ${rollups.operators} (${key}, org_id, ${names})
    ${counted}
      from ${sales} s
      join ${touched} t using (terminal_id, store_id, day)
      join terminal n on n.id = s.terminal_id
     where s.operator <> '' and s.day >= ${firstHourDay}::date
     group by 1, 2, 3, 4, 5
     order by 1, 2, 3, 4`)

/** Adds new sales. */
export const addOperators = (
  db: Db,
  { rollups, newSales, firstHourDay }: Kept & { rollups: Rollups; newSales: NewSales },
) =>
  db.query(sql`
    insert into ${rollups.operators} as r (${key}, org_id, ${names})
    ${counted}
      from ${newSales} s
      join terminal n on n.id = s.terminal_id
     where s.operator <> '' and s.day >= ${firstHourDay}::date
     group by 1, 2, 3, 4, 5
     order by 1, 2, 3, 4
    on conflict (${key}) do update set ${added}`)

/** The operators' rows of a day. */
export const operatorsOfDay = ({ orgId, day }: OneDay) => sql`
  select * from operator_day where org_id = ${orgId}::uuid and day = ${day}::date`
