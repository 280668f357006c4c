import sql, { empty, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** What is found again within so many days is the same failure. */
const sameFailureDays = 30

/** `faultRules`: the rules whose fixed flags are failures. Of all terminals, of `ids` or of a column. */
type Failing = { org: Sql; faultRules: readonly string[]; ids?: readonly number[] | null; terminal?: Sql }

/**
 * Confirmed failures, as rows of terminal_id and at: a fault that a visit fixed, and a terminal in service
 * that went to repair or was retired without being due for replacement.
 */
export function failures({ org, faultRules, ids = null, terminal }: Failing): Sql {
  const among = (column: Sql) => {
    if (terminal) return sql`and ${column} = ${terminal}`
    return ids === null ? empty : sql`and ${column} = any(${[...ids]}::bigint[])`
  }
  return sql`
    select terminal_id, at
      from (select terminal_id, at, lag(at) over (partition by terminal_id order by at) as before_at
              from (select n.terminal_id, n.found_at as at
                      from finding n
                     where n.org_id = ${org} and n.outcome = 'fixed' and n.terminal_id is not null
                       and n.rule = any(${[...faultRules]}::text[]) ${among(sql`n.terminal_id`)}
                    union all
                    select u.terminal_id, u.from_at
                      from terminal_status u
                      join terminal_status before on before.terminal_id = u.terminal_id
                       and before.to_at = u.from_at and before.status = 'active'
                     where u.org_id = ${org} and u.status in ('in_repair', 'retired')
                       ${among(sql`u.terminal_id`)}
                       and not exists (
                         select from flag f
                          where f.terminal_id = u.terminal_id and f.kind = 'replacement'
                            and f.opened_at <= u.from_at
                            and (f.closed_at is null or f.closed_at > u.from_at - interval '1 day'))
                   ) happened) ordered
     where before_at is null or at > before_at + ${sameFailureDays}::int * interval '1 day'`
}

/** The day from which a terminal's age counts. */
export const bornOn = sql`coalesce(t.bought_on, (t.created_at at time zone 'UTC')::date)`

type Seen = Failing & { now: Date; days: number }

/** How often terminals failed, in all and in the last days. Those that never did are left out. */
export const failuresOf = (db: Db, { now, days, ...failing }: Seen) =>
  db.query<{ id: number; failures: number; recent: number }>(sql`
  select terminal_id as id, count(*)::int as failures,
         (count(*) filter (where at > ${now}::timestamptz - ${days}::int * interval '1 day'))::int as recent
    from (${failures(failing)}) f
   group by 1`)
