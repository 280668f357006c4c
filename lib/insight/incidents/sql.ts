import sql, { empty, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { IncidentDetail, IncidentQuery } from "@/lib/insight/incidents/schemas"
import type { IncidentClass } from "@/lib/insight/incidents/words"

export type IncidentRow = {
  id: number
  class: IncidentClass
  value: string | null
  first_on: string
  last_on: string
  opened_at: Date
  closed_at: Date | null
  merged_into: number | null
  observed: number
  expected: number
  p: number
  store_id: number | null
  store_name: string | null
  terminal_id: number | null
  serial: string | null
  model_id: number | null
  model_name: string | null
  acquirer_id: number | null
  acquirer_name: string | null
  terminals: number
}

// A wider incident that the reader may not see is not named.
const columns = sql`
  i.id, i.class, i.value, i.first_on, i.last_on, i.opened_at, i.closed_at,
  (select w.id from incident w where w.id = i.merged_into) as merged_into,
  i.observed, i.expected, i.p,
  s.id as store_id, s.name as store_name, t.id as terminal_id, t.serial, m.id as model_id,
  m.name as model_name, a.id as acquirer_id, a.name as acquirer_name,
  (select count(*) from incident_member c where c.incident_id = i.id) as terminals`

const names = sql`
    left join store s on s.id = i.store_id
    left join terminal t on t.id = i.terminal_id
    left join terminal_model m on m.id = i.model_id
    left join acquirer a on a.id = i.acquirer_id`

type Filter = Omit<IncidentQuery, "cursor" | "limit">

const filters = ({ state, store, terminal }: Filter): Sql => sql`
  i.org_id = ${ownOrg} and i.closed_at is ${state === "open" ? sql`null` : sql`not null`}
  ${
    store === undefined
      ? empty
      : sql`and (i.store_id = ${store}::bigint or exists (
          select from incident_member c where c.incident_id = i.id and c.store_id = ${store}::bigint))`
  }
  ${
    terminal === undefined
      ? empty
      : sql`and (i.terminal_id = ${terminal}::bigint or exists (
          select from incident_member c where c.incident_id = i.id and c.terminal_id = ${terminal}::bigint))`
  }`

/** The newest first. */
export const incidentOrder: ListOrder = {
  list: "incidents",
  keys: [
    { value: sql`i.opened_at`, type: "timestamptz" },
    { value: sql`i.id`, type: "bigint" },
  ],
  isDescending: true,
}

export const incidentPage = (db: Db, { class: cls, ...filter }: Filter, slice: Slice) =>
  db.query<IncidentRow & { place: Place }>(sql`
  select ${columns}, ${slice.place} as place
    from incident i ${names}
   where ${filters({ ...filter })} ${cls === undefined ? empty : sql`and i.class = ${cls}`}
     and ${slice.condition}
  ${slice.ordered}`)

export const incidentCounts = (db: Db, filter: Filter) =>
  db.query<{ class: IncidentClass; count: number }>(sql`
  select i.class, count(*) as count from incident i where ${filters(filter)} group by 1`)

export const incidentById = (db: Db, id: number) =>
  db.query<IncidentRow & { timeline: IncidentDetail["timeline"] }>(sql`
  select ${columns}, i.timeline from incident i ${names} where i.org_id = ${ownOrg} and i.id = ${id}::bigint`)

type MemberRow = {
  terminal_id: number
  serial: string
  store_id: number
  store_name: string
  first_on: string
  last_on: string
  observed: number
  expected: number
}

/** The terminals that failed most beyond what was expected. */
export const membersOf = (db: Db, { id, limit }: { id: number; limit: number }) =>
  db.query<MemberRow>(sql`
  select c.terminal_id, t.serial, c.store_id, s.name as store_name, c.first_on, c.last_on, c.observed,
         c.expected
    from incident_member c
    join terminal t on t.id = c.terminal_id
    join store s on s.id = c.store_id
   where c.org_id = ${ownOrg} and c.incident_id = ${id}::bigint
   order by c.observed - c.expected desc, c.terminal_id
   limit ${limit}::int`)

/** Open incidents of a release, the newest first. */
export const incidentsOfRelease = (db: Db, { release, model }: { release: string; model: number | null }) =>
  db.query<{ id: number }>(sql`
  select i.id
    from incident i
   where i.org_id = ${ownOrg} and i.class = 'firmware' and i.value = ${release} and i.closed_at is null
     ${model === null ? empty : sql`and i.model_id = ${model}::bigint`}
   order by i.opened_at desc, i.id desc`)
