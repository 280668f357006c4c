import sql, { empty, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Days } from "@/lib/base/time/range"

export type Asked = {
  days: Days
  store: number | undefined
  terminal: number | undefined
  /** Whether the organisation's own sums can be read. */
  isWhole: boolean
}

const inDays = ({ days }: Asked): Sql => sql`
  org_id = ${ownOrg} and day between ${days.first}::date and ${days.last}::date`

const storeOf = ({ store, isWhole }: Asked): Sql => {
  if (store !== undefined) return sql`store_id = ${store}::bigint`
  return isWhole ? sql`store_id = 0` : sql`store_id <> 0`
}

type HoursRow = {
  open: number
  sold: number
  down_device: number
  down_line: number
  down_site: number
  down_unknown: number
  failing_device: number
  failing_system: number
  until: string | null
}

/** Opening hours with those that were lost, and hours with sales of terminals that send no heartbeats. */
export const hoursIn = (db: Db, asked: Asked) => {
  const { terminal, store } = asked
  const inStore = store === undefined ? empty : sql`and store_id = ${store}::bigint`
  const place =
    terminal === undefined
      ? sql`terminal_id = 0 and ${storeOf(asked)}`
      : sql`terminal_id = ${terminal}::bigint ${inStore}`
  return db.query<HoursRow>(sql`
  select coalesce(sum(open_hours), 0)::int as open, coalesce(sum(sold_hours), 0)::int as sold,
         coalesce(sum(down_device), 0)::int as down_device,
         coalesce(sum(down_line), 0)::int as down_line, coalesce(sum(down_site), 0)::int as down_site,
         coalesce(sum(down_unknown), 0)::int as down_unknown,
         coalesce(sum(failing_device), 0)::int as failing_device,
         coalesce(sum(failing_system), 0)::int as failing_system, max(day) as until
    from availability_day
   where ${inDays(asked)} and ${place}`)
}

type GroupRow = { group_id: number; open_hours: number; up_hours: number }

/** Opening hours by group, and those with a sign of life. `member` selects terminal_id and group_id. */
export const hoursByGroup = (db: Db, member: Sql, { first, last }: Days) =>
  db.query<GroupRow>(sql`
  select m.group_id, sum(d.open_hours)::int as open_hours,
         sum(d.open_hours - d.down_device - d.down_line - d.down_site - d.down_unknown)::int as up_hours
    from availability_day d
    join (${member}) m on m.terminal_id = d.terminal_id
   where d.org_id = ${ownOrg} and d.day between ${first}::date and ${last}::date
   group by 1`)

type SalesRow = { sales: number; reads: number; tech: number }

const counted = sql`
  coalesce(sum(presentments), 0)::int as sales,
  coalesce(sum(ch_chip + ch_contactless + ch_magstripe), 0)::int as reads,
  coalesce(sum(ch_tech), 0)::int as tech`

/** Sales, and those that no host decided: the card was not read, or nobody could be reached. */
export const salesIn = (db: Db, asked: Asked) => {
  const { terminal, store } = asked
  if (terminal === undefined)
    return db.query<SalesRow>(sql`
    select ${counted} from place_day where ${inDays(asked)} and ${storeOf(asked)}`)
  const inStore = store === undefined ? empty : sql`and store_id = ${store}::bigint`
  return db.query<SalesRow>(sql`
  select ${counted} from terminal_day
   where ${inDays(asked)} and terminal_id = ${terminal}::bigint ${inStore}`)
}
