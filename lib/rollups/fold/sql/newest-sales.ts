import sql, { empty } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { NewestSales, SaleArrivals, Sales } from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

type Folded = { saleArrivals: SaleArrivals; sales: Sales | null }

/** The newest sale of every terminal with sales in this round, in order or not. */
export const makeNewestSales = (db: Db, { saleArrivals, sales }: Folded): Promise<NewestSales> =>
  makeTemporary(
    db,
    "newest_sale",
    sql`
    select s.terminal_id, n.org_id, max(s.happened_at) as last_sale_at
      from (select terminal_id, last_at as happened_at from ${saleArrivals} where not is_disordered
            ${sales ? sql`union all select terminal_id, happened_at from ${sales}` : empty}) s
      join terminal n on n.id = s.terminal_id
     group by 1, 2`,
  )

export const noteSalesInTails = (db: Db, { newestSales }: { newestSales: NewestSales }) =>
  db.query(sql`
    insert into terminal_tail as t (terminal_id, org_id, last_sale_at)
    select terminal_id, org_id, last_sale_at from ${newestSales} order by terminal_id
    on conflict (terminal_id) do update set last_sale_at = greatest(t.last_sale_at, excluded.last_sale_at)`)

/** The shortest time after which a terminal counts as idle is a month. */
const idleDays = 27

/**
 * A sale is a sign of life, so the state of a silent terminal is worked out again within seconds, and the
 * rules look at one that was idle.
 */
export const noteSalesInStates = (db: Db, { newestSales }: { newestSales: NewestSales }) =>
  db.query(sql`
    insert into terminal_state as st (terminal_id, org_id, last_sale_at)
    select terminal_id, org_id, last_sale_at from ${newestSales} order by terminal_id
    on conflict (terminal_id) do update
       set last_sale_at = greatest(st.last_sale_at, excluded.last_sale_at),
           next_state_at = case when st.online_state in ('late', 'suspect', 'offline')
                                  then least(st.next_state_at, now() + interval '10 s')
                                else st.next_state_at end,
           next_look_at = case
             when excluded.last_sale_at - ${idleDays}::int * interval '1 day'
                  > coalesce(st.last_sale_at, '-infinity') then now()
             else st.next_look_at end`)
