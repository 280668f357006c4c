import sql, { raw, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { gates } from "@/lib/insight/engine/terms/settings"
import { kindOf } from "@/lib/insight/evidence/words"
import { hourlyRules, type HourlyKind } from "@/lib/insight/nights/hour-faults"
import { millionths, observedName } from "@/lib/rollups/reference/rate-names"

const kinds = hourlyRules.map((rule) => kindOf[rule])

/** Observed and expected failures of the day by kind. */
export type DaySums = Record<`${"observed" | "expected"}_${HourlyKind}`, number>

const sums = raw(
  kinds
    .map(
      (kind) =>
        `sum(d.${observedName(kind)})::int as observed_${kind}, ` +
        `sum(d.e_${kind})::float8 / ${millionths} as expected_${kind}`,
    )
    .join(", "),
)
const hasExcess = raw(
  kinds
    .map((kind) => `sum(d.${observedName(kind)}) - sum(d.e_${kind}) / ${millionths} >= ${gates.excess}`)
    .join(" or "),
)
const software = sql`concat_ws('|', d.model_id, st.os, st.firmware, st.app, st.emv_kernel, st.security_patch)`

type Now = { orgId: string; now: Date }

/** The sales of each store's day so far. The first condition leaves out partitions. */
const today = ({ orgId, now }: Now): Sql => sql`
    from terminal_day d
    join store s on s.id = d.store_id
    left join terminal_state st on st.terminal_id = d.terminal_id
   where d.org_id = ${orgId}::uuid and d.presentments > 0
     and d.day between ${now}::timestamptz::date - 1 and ${now}::timestamptz::date + 1
     and d.day = (${now}::timestamptz at time zone s.time_zone)::date`

/**
 * Active terminals of open stores with more failures of a kind today, where they are now, than expected.
 * The status is looked up and not joined: the planner takes a new fleet, which was never analysed, for one
 * active terminal, and would compare each day with all of them.
 */
export const suspectsToday = (db: Db, now: Now) =>
  db.query<{ terminal_id: number; store_id: number; day: string; software: string } & DaySums>(sql`
  select d.terminal_id, d.store_id, d.day, ${software} as software, ${sums}
    ${today(now)} and (s.closed_on is null or s.closed_on > d.day)
     and (select u.status from terminal_status u
           where u.terminal_id = d.terminal_id and u.to_at is null) = 'active'
     and exists (select from terminal_store p
                  where p.terminal_id = d.terminal_id and p.to_at is null and p.store_id = d.store_id)
   group by 1, 2, 3, 4
  having ${hasExcess}`)

export const storesToday = (db: Db, { storeIds, ...now }: Now & { storeIds: readonly number[] }) =>
  db.query<{ store_id: number } & DaySums>(sql`
  select d.store_id, ${sums} ${today(now)} and d.store_id = any(${[...storeIds]}::bigint[]) group by 1`)

export const softwareToday = (db: Db, now: Now) =>
  db.query<{ software: string } & DaySums>(sql`
  select ${software} as software, ${sums} ${today(now)} group by 1`)

/** How many cards failed in each way at these terminals. A sale without a token is a card of its own. */
export const cardsToday = (db: Db, { orgId, now, terminalIds }: Now & { terminalIds: readonly number[] }) =>
  db.query<{ terminal_id: number; kind: string; cards: number }>(sql`
  select v.terminal_id, v.kind, count(distinct coalesce(h.card_ref, h.id))::int as cards
    from verdict v
    join transaction h on h.terminal_id = v.terminal_id and h.id = v.id and h.at = v.at
   where v.org_id = ${orgId}::uuid and v.terminal_id = any(${[...terminalIds]}::bigint[])
     and not v.is_retry and v.happened_at > ${now}::timestamptz - interval '24 hours'
   group by 1, 2`)
