import sql, { type Sql } from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"

export type Sales = { attempts: number; failures: number; rawAttempts: number; rawFailures: number }

// Customers by card, else by amount and entry mode: the rule of presentments, written again over raw rows.
const judged = (orgId: string, first: string): Sql => sql`
  select terminal_id, failed,
         not coalesce(before_failed and at - before_at <= interval '180 s', false) as counts
    from (
      select terminal_id, at, failed, lag(failed) over payer as before_failed, lag(at) over payer as before_at
        from (select terminal_id, id, at + clock_offset_ms * interval '1 ms' as at,
                     outcome in ('declined', 'failed') as failed, card_ref, amount_minor, entry_mode
                from transaction
               where org_id = ${orgId}::uuid and outcome <> 'reversed' and at > now() - interval '30 days'
                 and at < now() + interval '1 day') sent
      window payer as (partition by terminal_id, card_ref,
                         case when card_ref is null then amount_minor end,
                         case when card_ref is null then entry_mode end order by at, id)) ordered
   where at >= ${first}::date::timestamp at time zone 'Asia/Shanghai'`

const sums = sql`
  count(*) filter (where counts)::int as attempts, count(*) filter (where counts and failed)::int as failures,
  count(*)::int as "rawAttempts", count(*) filter (where failed)::int as "rawFailures"`

/** Sales since a date in Shanghai, counted from raw rows alone: in all, by terminal and by store. */
export const rawSales = (orgId: string, first: string) =>
  asWorker(async (db) => {
    const [total] = await db.query<Sales>(sql`select ${sums} from (${judged(orgId, first)}) j`)
    const by = async (column: Sql) => {
      const rows = await db.query<Sales & { key: number }>(sql`
        select ${column} as key, ${sums}
          from (${judged(orgId, first)}) j
          join terminal_store p on p.terminal_id = j.terminal_id and p.to_at is null
         group by 1`)
      return new Map(rows.map(({ key, ...sales }) => [String(key), sales]))
    }
    return { total, byTerminal: await by(sql`j.terminal_id`), byStore: await by(sql`p.store_id`) }
  })
