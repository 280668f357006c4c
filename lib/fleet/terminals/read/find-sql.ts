import sql, { join } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/fleet/catalogue/components"
import { isAsking } from "@/lib/fleet/catalogue/open-flags"
import type { BehindVersion } from "@/lib/fleet/releases/standards-of"
import { isBehindPolicy, joins, placeholderKeys, warranties } from "@/lib/fleet/terminals/read/filter-sql"
import type { OnlineState, TerminalStatus } from "@/lib/fleet/terminals/words"

/** A terminal is found several times if its serial number, its store and its TIDs have the text. */
export const terminalsNamed = (db: Db, q: string, most: number) =>
  db.query<{ id: number }>(sql`
  select distinct id from terminals_named(${q}, ${3 * most}::int) as found (id) limit ${most}::int`)

export const terminalsLabelled = (db: Db, label: string, most: number) =>
  db.query<{ id: number }>(sql`select terminals_labelled(${label}, ${most}::int) as id`)

export const terminalsInState = (db: Db, state: OnlineState, most: number) =>
  db.query<{ id: number }>(sql`
  select terminal_id as id from terminal_state
   where org_id = ${ownOrg} and online_state = ${state} limit ${most}::int`)

/** Terminals that were noted as new or changed, which the worker looks at within seconds. */
export const waitingTerminals = (db: Db, most: number) =>
  db.query<{ id: number }>(sql`
  select subject_id as id from fleet_change
   where org_id = ${ownOrg} and kind = 'terminal' limit ${most}::int`)

/** Those of these terminals that have no state yet. */
export const terminalsWithoutState = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number }>(sql`
  select t.id from terminal t ${joins.state}
   where t.id = any(${[...ids]}::bigint[]) and st.terminal_id is null`)

export const terminalsWithStatus = (db: Db, status: TerminalStatus, most: number) =>
  db.query<{ id: number }>(sql`
  select terminal_id as id from terminal_status
   where org_id = ${ownOrg} and status = ${status} and to_at is null limit ${most}::int`)

export const terminalsFlagged = (db: Db, most: number) =>
  db.query<{ id: number }>(sql`
  select distinct f.terminal_id as id from flag f
   where f.org_id = ${ownOrg} and ${isAsking} and f.terminal_id is not null limit ${most}::int`)

/** Only those whose warranty ends on a day that decides are looked up with their stores. */
export const terminalsWithWarranty = (db: Db, state: keyof typeof warranties, most: number) => {
  const { is, surely, edges } = warranties[state]
  const decisive = join(edges.map((days) => sql`current_date + ${days}::int`))
  return db.query<{ id: number }>(sql`
  select t.id from terminal t where t.org_id = ${ownOrg} and ${surely}
  union all
  select t.id from terminal t ${joins.store}
   where t.org_id = ${ownOrg} and t.warranty_until in (${decisive}) and ${is}
   limit ${most}::int`)
}

/** Terminals with a placeholder of the organisation as serial number or TID. */
export const terminalsWithPlaceholder = (db: Db, most: number) =>
  db.query<{ id: number }>(sql`
  select id from terminal where org_id = ${ownOrg} and serial_key = any(${placeholderKeys})
  union all
  select terminal_id from terminal_tid
   where org_id = ${ownOrg} and to_at is null and tid_key = any(${placeholderKeys})
   limit ${most}::int`)

export const terminalsBehind = (
  db: Db,
  { component, behind, most }: { component: Component; behind: readonly BehindVersion[]; most: number },
) =>
  db.query<{ id: number }>(sql`
  select t.id
    from terminal_state st
    join terminal t on t.id = st.terminal_id
    ${joins.status}
    ${joins.store}
   where t.org_id = ${ownOrg} and ${isBehindPolicy(component, behind)}
   limit ${most}::int`)

/**
 * Terminals whose serial numbers differ from others by case, blanks and dashes only. Grouped in one pass: a
 * join of a new fleet with itself, which was never analysed, would compare each terminal with all others.
 */
export const terminalsAlike = (db: Db, most: number) =>
  db.query<{ id: number }>(sql`
  select unnest(ids) as id
    from (select array_agg(id) as ids from terminal
           where org_id = ${ownOrg} and merged_into is null and serial_bare is not null
           group by serial_bare having count(*) > 1) several
   limit ${most}::int`)
