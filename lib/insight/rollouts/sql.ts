import sql, { empty, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { within } from "@/lib/fleet/catalogue/within"
import { isOpenStore } from "@/lib/fleet/releases/reported-versions"

type Of = { version: string; model: number | null; today: string; stores: readonly number[] | null }

export type StoreRow = {
  store_id: number
  label: string | null
  first_on: string
  terminals: number
} & Record<`${"updated" | "other"}_${"before" | "after"}`, { attempts: number; failures: number }>

/** A rollout that began earlier is not looked at any more. */
const rolloutDays = 60
const effectDays = 14

const tally = (condition: Sql) => sql`
  jsonb_build_object('attempts', coalesce(sum(d.presentments) filter (where ${condition}), 0),
                     'failures', coalesce(sum(d.failures) filter (where ${condition}), 0))`

/** The day on which a terminal got the release; of others, the day on which their store did. */
const begun = sql`coalesce(seen.first_on, ring.first_on)`

/** Whether terminal `seen` got the release after another version. One that came with it tells nothing. */
const isUpdated = sql`seen.other_on < seen.first_on`

/**
 * The stores that got a release of the app in the last days, with their terminals' sales around that day. The
 * day itself is left out.
 */
export const ringStores = (db: Db, { version, model, today, stores }: Of) => {
  const isInReach = within(sql`d.terminal_id`, stores)
  const isOther = sql`seen.terminal_id is null`
  const isBefore = sql`d.day < ${begun} and d.app_release is distinct from ${version}`
  const isAfter = sql`d.day > ${begun}`
  return db.query<StoreRow>(sql`
  with seen as (
    select d.terminal_id, d.store_id, min(d.day) filter (where d.app_release = ${version}) as first_on,
           min(d.day) filter (where d.app_release <> ${version}) as other_on
      from terminal_day d
     where d.org_id = ${ownOrg} and d.day > ${today}::date - ${rolloutDays}::int
       and d.day <= ${today}::date + 1
       ${model === null ? empty : sql`and d.model_id = ${model}::bigint`} ${isInReach}
     group by 1, 2
    having bool_or(d.app_release = ${version})),
  ring as (
    select seen.store_id, min(seen.first_on) as first_on, count(*)::int as terminals, min(l.label) as label
      from seen
      left join (select t.id, min(label) as label
                   from terminal t cross join unnest(t.labels) label
                  where t.org_id = ${ownOrg} and label like 'ring:%'
                  group by 1) l on l.id = seen.terminal_id
     where ${isUpdated}
     group by 1)
  select ring.store_id, ring.label, ring.first_on, ring.terminals,
         ${tally(sql`${isUpdated} and ${isBefore}`)} as updated_before,
         ${tally(sql`${isUpdated} and ${isAfter}`)} as updated_after,
         ${tally(sql`${isOther} and ${isBefore}`)} as other_before,
         ${tally(sql`${isOther} and ${isAfter}`)} as other_after
    from ring
    join terminal_day d on d.store_id = ring.store_id
    left join seen on seen.terminal_id = d.terminal_id and seen.store_id = d.store_id
   where d.org_id = ${ownOrg} and d.day > ${today}::date - ${rolloutDays + effectDays}::int
     and d.day <= ${today}::date + 1 and d.day >= ${begun} - ${effectDays}::int
     and d.day <= ${begun} + ${effectDays}::int ${isInReach}
   group by 1, 2, 3, 4
   order by ring.first_on, ring.store_id`)
}

type Stuck = { older: readonly string[]; model: number | null; stores: readonly number[] }

type StuckRow = { id: number; serial: string; store_id: number; store_name: string; version: string }

/** Active terminals in these stores that sent a heartbeat within a day, with one of the older versions. */
const stuck = ({ older, model, stores }: Stuck) => sql`
    from terminal_store p
    join store s on s.id = p.store_id
    join terminal t on t.id = p.terminal_id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
    join terminal_state st on st.terminal_id = t.id
   where p.store_id = any(${[...stores]}::bigint[]) and p.to_at is null and ${isOpenStore}
     and st.app = any(${[...older]}::text[]) and st.last_beat_at > now() - interval '1 day'
     ${model === null ? empty : sql`and t.model_id = ${model}::bigint`}`

export const stuckTerminals = (db: Db, of: Stuck, most: number) =>
  db.query<StuckRow>(sql`
  select t.id, t.serial, s.id as store_id, s.name as store_name, st.app as version
  ${stuck(of)}
   order by s.name, t.serial, t.id
   limit ${most}::int`)

/** How many there are. A count beside the list would make each node of a cluster send all of them. */
export const countStuck = (db: Db, of: Stuck) =>
  db.query<{ count: number }>(sql`select count(*)::int as count ${stuck(of)}`)
