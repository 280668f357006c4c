import sql, { join, raw, type Sql } from "sql-template-tag"
import type { Component } from "@/lib/fleet/catalogue/components"
import { within } from "@/lib/fleet/catalogue/within"
import { isOpenStore } from "@/lib/fleet/stores/open-store"

/** The column of `terminal_state st` with a component's version. */
export const versionColumns: Record<Component, Sql> = {
  os: sql`st.os`,
  firmware: sql`st.firmware`,
  app: sql`st.app`,
  emvKernel: sql`st.emv_kernel`,
  securityPatch: sql`st.security_patch::text`,
}

const names = Object.keys(versionColumns).map((component) => raw(`'${component}'`))

/**
 * The table `st`: how many terminals of a model that are not retired report the same versions. Equal sets of
 * versions are counted first, before they are split into components.
 */
export const countedVersions = (stores: readonly number[] | null): Sql => sql`(
  select t.model_id, st.os, st.firmware, st.app, st.emv_kernel, st.security_patch, count(*) as terminals
    from terminal_state st
    join terminal t on t.id = st.terminal_id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status <> 'retired'
   where true ${within(sql`st.terminal_id`, stores)}
   group by 1, 2, 3, 4, 5, 6) st`

/**
 * The same of active terminals in open stores, which policies are about, also by time zone and by `id` of
 * terminal `t` or store `s`.
 */
export const evaluatedVersions = (id: Sql, stores: readonly number[] | null): Sql => sql`(
  select ${id} as id, t.model_id, s.time_zone as zone, st.os, st.firmware, st.app, st.emv_kernel,
         st.security_patch, count(*) as terminals
    from terminal_state st
    join terminal t on t.id = st.terminal_id
    join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
    join terminal_store p on p.terminal_id = t.id and p.to_at is null
    join store s on s.id = p.store_id
   where ${isOpenStore} ${within(sql`st.terminal_id`, stores)}
   group by 1, 2, 3, 4, 5, 6, 7, 8) st`

/**
 * The versions that `terminal_state st` reports, one row for each component. `version` is null if the
 * terminal did not report it. Citus takes no `values` with a date as text.
 */
export const reportedVersions = sql`
  unnest(array[${join(names)}], array[${join(Object.values(versionColumns))}]) reported (component, version)`
