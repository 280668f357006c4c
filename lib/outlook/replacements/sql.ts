import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { Day } from "@/lib/base/time/zone"
import { useEndOfTerminal } from "@/lib/fleet/approvals/use-end"
import type { Component } from "@/lib/fleet/catalogue/components"
import { within } from "@/lib/fleet/catalogue/within"
import { faultRules } from "@/lib/insight/flags/words"
import { bornOn, failures } from "@/lib/insight/replacement/confirmed-failures"
import type { Group } from "@/lib/outlook/replacements/forecast"
import type { Expiry } from "@/lib/outlook/replacements/words"

/** The stores that the reader is limited to, or null. */
type Reading = { today: Day; stores: readonly number[] | null }

/** Joins to terminals `t` in service their stores `s` that are not closed for good. */
const served = ({ today }: Reading): Sql => sql`
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id and (s.closed_on is null or s.closed_on > ${today}::date)`

const inService = (reading: Reading): Sql => sql`
    from terminal t ${served(reading)}
   where t.org_id = ${ownOrg} and t.merged_into is null ${within(sql`t.id`, reading.stores)}`

const bornMonth = sql`date_trunc('month', ${bornOn})::date`

/** How many terminals are alike. */
export const groupsOf = (db: Db, reading: Reading) =>
  db.query<Group>(sql`
  select x.model_id as "modelId", x.born_on as "bornOn", coalesce(f.failures, 0)::int as failures,
         x.use_end_on as "useEndOn", count(*)::int as terminals
    from (select t.id, t.model_id, ${bornMonth} as born_on, ${useEndOfTerminal} as use_end_on
            ${inService(reading)}) x
    left join (select terminal_id, count(*) as failures
                 from (${failures({ org: ownOrg, faultRules })}) one group by 1) f on f.terminal_id = x.id
   group by 1, 2, 3, 4
   order by 1 nulls last, 2, 3, 4 nulls last`)

export const modelNames = (db: Db) =>
  db.query<{ id: number; name: string }>(sql`
  select id, name from terminal_model where org_id = ${ownOrg} order by name`)

export const replacedOrder: ListOrder = {
  list: "terminals to replace",
  keys: [
    { value: sql`t.serial`, type: "text" },
    { value: sql`t.id`, type: "bigint" },
  ],
}

export type ReplacedRow = {
  id: number
  serial: string
  model_id: number | null
  model: string | null
  store_id: number
  store_name: string
  store_code: string
  born_on: Day
  failures: number
  use_end_on: Day | null
  warranty_until: Day | null
  place: Place
}

type Alike = Omit<Group, "terminals">
/** A name of a terminal's group, and the part of it that the terminal's row has. SQL makes the same. */
const sinceOf = ({ modelId, bornOn: born }: Alike) => `${modelId ?? ""} ${born}`
export const groupKey = (group: Alike) => `${sinceOf(group)} ${group.failures} ${group.useEndOn ?? ""}`
const since = sql`concat(t.model_id, ' ', ${bornMonth})`

/**
 * The terminals of some groups. They are met in the order of an index, and only of those whose model and
 * month are a group's are failures and the end of use looked up.
 */
export const terminalsOf = (db: Db, reading: Reading & { groups: readonly Group[] }, slice: Slice) => {
  const { groups } = reading
  const group = sql`concat(${since}, ' ', f.failures, ' ', ends.use_end_on)`
  return db.query<ReplacedRow>(sql`
  select t.id, t.serial, t.model_id, m.name as model, s.id as store_id, s.name as store_name,
         s.code as store_code, ${bornMonth} as born_on, f.failures, ends.use_end_on, t.warranty_until,
         ${slice.place} as place
    from terminal t
   ${served(reading)}
   cross join lateral (select ${useEndOfTerminal} as use_end_on) ends
   cross join lateral (
     select count(*)::int as failures
       from (${failures({ org: ownOrg, faultRules, terminal: sql`t.id` })}) one) f
    left join terminal_model m on m.id = t.model_id
   where t.org_id = ${ownOrg} and t.merged_into is null ${within(sql`t.id`, reading.stores)}
     and ${since} = any(${groups.map(sinceOf)}::text[])
     and ${group} = any(${groups.map(groupKey)}::text[])
     and ${slice.condition}
  ${slice.ordered}`)
}

type ExpiryRow = {
  on: Day
  what: Expiry
  model_id: number | null
  model: string | null
  component: Component | null
  version: string | null
  reference: string | null
  terminals: number | null
}

const ofApprovals = (what: Expiry, on: Sql): Sql => sql`
  select ${on} as on, ${what} as what, a.model_id, a.component, a.version, a.reference, c.terminals
    from approval a
    left join counted c on c.model_id = a.model_id
   where a.org_id = ${ownOrg}`

/** Terminals in service of a model whose warranty ends in one month: the first on `until`. */
export type Serving = { model: number | null; until: Day | null; terminals: number }

export const servingCounts = (db: Db, reading: Reading) =>
  db.query<Serving>(sql`
  select t.model_id as model, min(t.warranty_until) as until, count(*)::int as terminals
    ${inService(reading)}
   group by t.model_id, date_trunc('month', t.warranty_until)`)

/** How many terminals run a release. */
export type Running = { releaseId: number | null; terminals: number }

/**
 * Dates of approvals and releases from a day on, and how many warranties end in each month. Approvals that
 * differ in nothing that is listed are one.
 */
export const expiriesOf = (
  db: Db,
  {
    from,
    to,
    serving,
    running,
  }: { from: Day; to: Day; serving: readonly Serving[]; running: readonly Running[] },
) =>
  db.query<ExpiryRow>(sql`
  with serving as (
    select * from jsonb_to_recordset(${JSON.stringify(serving)}::jsonb)
                    as s (model bigint, until date, terminals int)),
  counted as (select model as model_id, sum(terminals)::int as terminals from serving group by 1),
  running as (
    select "releaseId" as release, sum(terminals)::int as terminals
      from jsonb_to_recordset(${JSON.stringify(running)}::jsonb) as s ("releaseId" bigint, terminals int)
     group by 1),
  expiry as (
    ${ofApprovals("purchase_end", sql`a.purchase_end_on`)}
    union ${ofApprovals("deploy_end", sql`a.deploy_end_on`)}
    union ${ofApprovals("use_end", sql`a.use_end_on`)}
    union
    select r.support_end_on, 'support_end', r.model_id, r.component, r.version, null,
           coalesce(x.terminals, 0)
      from release r
      left join running x on x.release = r.id
     where r.org_id = ${ownOrg}
    union
    select until, 'warranty_end', model, null, null, null, terminals from serving)
  select e.on, e.what, e.model_id, m.name as model, e.component, e.version, e.reference, e.terminals
    from expiry e
    left join terminal_model m on m.id = e.model_id
   where e.on >= ${from}::date and e.on < ${to}::date
   order by e.on, e.what, m.name, e.component, e.version, e.reference
   limit 2000`)
