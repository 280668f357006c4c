import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/fleet/catalogue/components"
import { within } from "@/lib/fleet/catalogue/within"
import type { ComplianceGrouping } from "@/lib/fleet/compliance/words"
import { isOpenStore, reportedVersions } from "@/lib/fleet/releases/reported-versions"

export type VersionCount = {
  id: number | null
  model: number | null
  component: Component
  version: string | null
  terminals: number
}

const groups: Record<ComplianceGrouping, Sql> = {
  model: sql`t.model_id`,
  region: sql`s.region_id`,
  merchant: sql`s.merchant_id`,
}

/** How many terminals of each group and model report the same version of a component, or none. */
export const versionCounts = (db: Db, by: ComplianceGrouping, stores: readonly number[] | null) =>
  db.query<VersionCount>(sql`
  select st.id, st.model_id as model, reported.component, reported.version,
         sum(st.terminals)::bigint as terminals
    from (select ${groups[by]} as id, t.model_id, st.os, st.firmware, st.app, st.emv_kernel,
                 st.security_patch, count(*) as terminals
            from terminal_state st
            join terminal t on t.id = st.terminal_id
            join terminal_status u on u.terminal_id = t.id and u.to_at is null and u.status = 'active'
            join terminal_store p on p.terminal_id = t.id and p.to_at is null
            join store s on s.id = p.store_id
           where ${isOpenStore} ${within(sql`st.terminal_id`, stores)}
           group by 1, 2, 3, 4, 5, 6, 7) st
   cross join lateral ${reportedVersions}
   group by 1, 2, 3, 4`)

const tables: Record<ComplianceGrouping, Sql> = {
  model: sql`terminal_model`,
  region: sql`region`,
  merchant: sql`merchant`,
}

export const groupNames = (db: Db, by: ComplianceGrouping) =>
  db.query<{ id: number; name: string }>(sql`
  select id, name from ${tables[by]} where org_id = ${ownOrg} order by name, id`)
