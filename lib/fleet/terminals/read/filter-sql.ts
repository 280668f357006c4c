import sql, { empty, join, type Sql } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import { statesOf } from "@/lib/base/db/states-of"
import { tolerableOffsetMs } from "@/lib/base/time/clock"
import type { Component } from "@/lib/fleet/catalogue/components"
import { isAsking } from "@/lib/fleet/catalogue/open-flags"
import { versionColumns } from "@/lib/fleet/releases/reported-versions"
import type { BehindVersion } from "@/lib/fleet/releases/standards-of"
import { isOpenStore } from "@/lib/fleet/stores/open-store"
import type { TerminalFilter } from "@/lib/fleet/terminals/schemas"
import type { TerminalLack, WarrantyState } from "@/lib/fleet/terminals/words"

/** What a condition or an order reads besides terminal `t`. A statement joins nothing else. */
export type Joined = "status" | "store" | "state" | "orderedState" | "standing"

export const joins: Record<Joined, Sql> = {
  status: sql`join terminal_status u on u.terminal_id = t.id and u.to_at is null`,
  store: sql`
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id`,
  state: sql`left join ${statesOf} st on st.terminal_id = t.id`,
  // These have the index of an order. A new terminal gets its rows within seconds.
  orderedState: sql`join terminal_state sr on sr.terminal_id = t.id`,
  standing: sql`join terminal_standing x on x.terminal_id = t.id`,
}

/** All that the rows of terminals show, without their states. */
export const joinedMasters = sql`
  from terminal t
  ${joins.status}
  ${joins.store}
  left join merchant m on m.id = s.merchant_id
  left join terminal_model tm on tm.id = t.model_id
  left join supplier sp on sp.id = t.supplier_id`

/** All that the row of one terminal shows. */
export const joined = sql`${joinedMasters} ${joins.state}`

export const today = sql`(now() at time zone s.time_zone)::date`

export const isWarrantyOver = sql`coalesce(t.warranty_until < ${today}, false)`

/** Warranties in a state: `is` says it by the store's date, and `surely` and `edges` without one. */
type Warranties = {
  is: Sql
  surely: Sql
  /** Days from UTC's date on which the store's decides: no zone's date is further than a day from it. */
  edges: readonly number[]
}
const endsWithin = (days: number): Warranties => ({
  is: sql`(
    t.warranty_until between ${today} and ${today} + ${days}::int
    and t.warranty_until >= current_date - 1 and t.warranty_until <= current_date + ${days + 1}::int)`,
  surely: sql`t.warranty_until between current_date + 1 and current_date + ${days - 1}::int`,
  edges: [-1, 0, days, days + 1],
})
export const warranties: Record<Exclude<WarrantyState, "unknown">, Warranties> = {
  over: {
    is: sql`(t.warranty_until < ${today} and t.warranty_until <= current_date)`,
    surely: sql`t.warranty_until < current_date - 1`,
    edges: [-1, 0],
  },
  within30: endsWithin(30),
  within90: endsWithin(90),
  within365: endsWithin(365),
}

/** The placeholders of the organisation, written like `serial_key` and `tid_key`. */
export const placeholderKeys = sql`array(
  select lower(btrim(normalize(g.name, NFKC)) collate "C") collate "default"
    from organisation org, unnest(org.placeholder_serials) as g (name)
   where org.id = ${ownOrg})`

/** Whether terminal `t` has a placeholder as serial number or TID. */
const isPlaceholder = sql`(
  t.serial_key = any(${placeholderKeys})
  or t.id in (select a.terminal_id from terminal_tid a
               where a.to_at is null and a.tid_key = any(${placeholderKeys})))`

/** Whether another terminal's serial number differs by case, blanks and dashes only. */
export const isAlike = sql`exists (
  select from terminal o
   where o.org_id = t.org_id and o.serial_bare = t.serial_bare and o.id <> t.id and o.merged_into is null)`

/** Whether a counter of terminal `t` was reset in the last seven days. Nodes send each once. */
const isReset = sql`t.id in (
  select d.terminal_id from terminal_day d
   where d.org_id = ${ownOrg} and d.day > current_date - 7 and d.reset_counters <> 0
   group by d.terminal_id)`

/**
 * Whether a text is in the serial number of terminal `t` or of one that was merged into it, in one of its
 * TIDs, or in its store's name. As `terminals_named` finds it. With `exists`, a plan would look for the text
 * in all TIDs first.
 */
const isNamed = (q: string): Sql => sql`(
  ${contains([sql`t.serial`, sql`s.name`], q)}
  or (select bool_or(${contains([sql`a.tid`], q)}) from terminal_tid a
       where a.terminal_id = t.id and a.to_at is null)
  or (select bool_or(${contains([sql`o.serial`], q)}) from terminal o where o.merged_into = t.id))`

/**
 * Whether terminal `t` with state `st`, status `u` and store `s` is active and runs one of these versions.
 * Most fail the first condition.
 */
export const isBehindPolicy = (component: Component, behind: readonly BehindVersion[]): Sql => sql`
  ${versionColumns[component]} = any(${[...new Set(behind.map(({ version }) => version))]}::text[])
  and u.status = 'active' and ${isOpenStore}
  and (coalesce(t.model_id, 0), ${versionColumns[component]}, s.time_zone) in (
    select model, version, zone
      from unnest(${behind.map(({ model }) => model ?? 0)}::bigint[],
                  ${behind.map(({ version }) => version)}::text[],
                  ${behind.map(({ zone }) => zone)}::text[]) as b (model, version, zone))`

type Condition = { is: Sql; reads?: Joined | readonly Joined[] }

/** What is wrong with the data of a retired terminal need not be mended. */
const isKept = sql`u.status <> 'retired'`
const lacking: Record<TerminalLack, Condition> = {
  model: { is: sql`t.model_id is null and ${isKept}`, reads: "status" },
  store: { is: sql`s.is_unassigned and ${isKept}`, reads: ["store", "status"] },
}

type Values = { [Name in keyof TerminalFilter]-?: NonNullable<TerminalFilter[Name]> }

const conditions: {
  [Name in keyof Values]: (value: Values[Name], matching: Pick<Matching, "behind">) => Condition
} = {
  q: (q) => ({ is: isNamed(q), reads: "store" }),
  state: (state) =>
    state === "unknown"
      ? { is: sql`coalesce(st.online_state, 'unknown') = ${state}`, reads: "state" }
      : { is: sql`st.online_state = ${state}`, reads: "state" },
  status: (status) => ({ is: sql`u.status = ${status}`, reads: "status" }),
  merchant: (merchant) => ({ is: sql`s.merchant_id = ${merchant}::bigint`, reads: "store" }),
  region: (region) => ({ is: sql`s.region_id = ${region}::bigint`, reads: "store" }),
  store: (store) => ({ is: sql`p.store_id = ${store}::bigint`, reads: "store" }),
  model: (model) => ({ is: sql`t.model_id = ${model}::bigint` }),
  behind: (component, { behind }) => ({
    is: isBehindPolicy(component, behind),
    reads: ["state", "status", "store"],
  }),
  supplier: (supplier) => ({ is: sql`t.supplier_id = ${supplier}::bigint` }),
  flagged: () => ({
    is: sql`t.id in (select f.terminal_id from flag f where f.org_id = ${ownOrg} and ${isAsking})`,
  }),
  clock: () => ({
    is: sql`st.clock_drift_ms > ${tolerableOffsetMs}::bigint and ${isKept}`,
    reads: ["state", "status"],
  }),
  counters: () => ({ is: sql`${isReset} and ${isKept}`, reads: "status" }),
  label: (label) => ({ is: sql`t.labels @> array[${label}]::text[]` }),
  alike: () => ({ is: isAlike }),
  placeholder: () => ({ is: isPlaceholder }),
  warranty: (warranty) =>
    warranty === "unknown"
      ? { is: sql`t.warranty_until is null` }
      : { is: warranties[warranty].is, reads: "store" },
  lacks: (what) => lacking[what],
}

/** The terminals that were looked up, or that they are more than are counted. */
export type Found = readonly number[] | "many" | undefined

/**
 * Terminals that match a filter, of which `stores` alone are in the reader's reach, or all if it is null.
 * `found` has the terminals of conditions that were looked up; see findTerminals.
 */
export type Matching = {
  filter: TerminalFilter
  stores: readonly number[] | null
  found: { [Name in keyof Values]?: Found }
  /** The versions that the filter `behind` is about. */
  behind: readonly BehindVersion[]
}

const conditionOf = <Name extends keyof Values>(
  name: Name,
  value: Values[Name] | undefined,
  matching: Matching,
): Condition[] => (value === undefined ? [] : [conditions[name](value, matching)])

/** `from ... where ...` of the terminals that match, with what the order reads. */
export function matching(chosen: Matching, ...reads: Joined[]): Sql {
  const { filter, stores, found } = chosen
  const given = (Object.keys(conditions) as (keyof Values)[]).flatMap((name) => {
    const ids = found[name]
    return Array.isArray(ids)
      ? [{ is: sql`t.id = any(${[...ids]}::bigint[])` }]
      : conditionOf(name, filter[name], chosen)
  })
  // Policies limit the reader in any case. Naming the stores lets the planner begin with them.
  const reach: Condition[] =
    stores === null ? [] : [{ is: sql`p.store_id = any(${[...stores]}::bigint[])`, reads: "store" }]
  const all = [...given, ...reach]
  const wanted = new Set([...reads, ...all.flatMap(({ reads: read }) => read ?? [])])
  return sql`
    from terminal t
    ${
      wanted.size === 0
        ? empty
        : join(
            [...wanted].map((name) => joins[name]),
            " ",
          )
    }
   where t.org_id = ${ownOrg} and t.merged_into is null
     ${
       all.length === 0
         ? empty
         : sql`and ${join(
             all.map(({ is }) => is),
             " and ",
           )}`
     }`
}
