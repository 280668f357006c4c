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

/** Terminals `t` in service, in stores `s` that are not closed for good. */
const inService = ({ today, stores }: Reading): Sql => sql`
    from terminal t
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id and (s.closed_on is null or s.closed_on > ${today}::date)
   where t.org_id = ${ownOrg} and t.merged_into is null ${within(sql`t.id`, stores)}`

/** What the forecast knows of each terminal. */
const facts = (reading: Reading): Sql => sql`
  select x.*, coalesce(f.failures, 0)::int as failures
    from (select t.id, t.serial, t.model_id, t.warranty_until, s.id as store_id, s.name as store_name,
                 s.code as store_code, date_trunc('month', ${bornOn})::date as born_on,
                 ${useEndOfTerminal} as use_end_on
            ${inService(reading)}) x
    left join (select terminal_id, count(*) as failures
                 from (${failures({ org: ownOrg, faultRules })}) one group by 1) f on f.terminal_id = x.id`

/** How many terminals are alike. */
export const groupsOf = (db: Db, reading: Reading) =>
  db.query<Group>(sql`
  select model_id as "modelId", born_on as "bornOn", failures, use_end_on as "useEndOn",
         count(*)::int as terminals
    from (${facts(reading)}) t
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

/** The terminals of some groups. */
export const terminalsOf = (db: Db, reading: Reading & { groups: readonly Group[] }, slice: Slice) =>
  db.query<ReplacedRow>(sql`
  select t.id, t.serial, t.model_id, m.name as model, t.store_id, t.store_name, t.store_code, t.born_on,
         t.failures, t.use_end_on, t.warranty_until, ${slice.place} as place
    from (${facts(reading)}) t
    join unnest(${reading.groups.map(({ modelId }) => modelId)}::bigint[],
                ${reading.groups.map((group) => group.bornOn)}::date[],
                ${reading.groups.map((group) => group.failures)}::int[],
                ${reading.groups.map(({ useEndOn }) => useEndOn)}::date[])
           as g (model_id, born_on, failures, use_end_on)
      on g.model_id is not distinct from t.model_id and g.born_on = t.born_on and g.failures = t.failures
     and g.use_end_on is not distinct from t.use_end_on
    left join terminal_model m on m.id = t.model_id
   where ${slice.condition}
  ${slice.ordered}`)

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

/**
 * Dates of approvals and releases from a day on, and how many warranties end in each month. Approvals that
 * differ in nothing that is listed are one.
 */
export const expiriesOf = (db: Db, { from, to, ...reading }: Reading & { from: Day; to: Day }) =>
  db.query<ExpiryRow>(sql`
  with serving as (select t.id, t.model_id, t.warranty_until ${inService(reading)}),
  counted as (select model_id, count(*)::int as terminals from serving group by 1),
  expiry as (
    ${ofApprovals("purchase_end", sql`a.purchase_end_on`)}
    union ${ofApprovals("deploy_end", sql`a.deploy_end_on`)}
    union ${ofApprovals("use_end", sql`a.use_end_on`)}
    union
    select r.support_end_on, 'support_end', r.model_id, r.component, r.version, null, null
      from release r where r.org_id = ${ownOrg}
    union
    select min(warranty_until), 'warranty_end', model_id, null, null, null, count(*)::int
      from serving
     where warranty_until is not null
     group by date_trunc('month', warranty_until), model_id)
  select e.on, e.what, e.model_id, m.name as model, e.component, e.version, e.reference, e.terminals
    from expiry e
    left join terminal_model m on m.id = e.model_id
   where e.on >= ${from}::date and e.on < ${to}::date
   order by e.on, e.what, m.name, e.component, e.version, e.reference
   limit 2000`)
