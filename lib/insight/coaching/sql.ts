import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Shift } from "@/lib/insight/coaching/words"
import { selected, subcause, type Selection } from "@/lib/insight/failed-sales/selected"
import type { FailureKind } from "@/lib/insight/verdicts/kind"

export type StoreRow = { id: number; name: string; timeZone: string }

/** A store within reach. */
export const storeById = (db: Db, id: number) =>
  db.query<StoreRow>(sql`select id, name, time_zone as "timeZone" from store where id = ${id}::bigint`)

export type TopicRow = {
  shift: Shift
  operator: string
  subcause: string
  kind: FailureKind
  remedy: string
  failures: number
  last_at: Date
}

/** Failed sales of a selection by the store's time of day, cashier and subcause. Retries count once. */
export const topicsOf = (db: Db, selection: Selection) =>
  db.query<TopicRow>(sql`
  with failed as (
    select extract(hour from v.happened_at at time zone z.time_zone) as hour, v.operator, v.kind,
           ${subcause} as subcause, coalesce(c.remedy, '') as remedy, v.happened_at
    ${selected(selection)} and not v.is_retry)
  select case when hour < 12 then 'morning' when hour < 18 then 'afternoon' else 'evening' end as shift,
         substr(operator, strpos(operator, ':') + 1) as operator, subcause, min(kind) as kind,
         min(remedy) as remedy, count(*)::int as failures, max(happened_at) as last_at
    from failed
   group by 1, 2, 3
   order by failures desc, 1, 2, 3
   limit 500`)
