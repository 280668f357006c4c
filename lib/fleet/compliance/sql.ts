import sql, { type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/fleet/catalogue/components"
import type { ComplianceGrouping } from "@/lib/fleet/compliance/words"
import { evaluatedVersions, reportedVersions } from "@/lib/fleet/releases/reported-versions"

export type VersionCount = {
  id: number | null
  model: number | null
  zone: string
  component: Component
  version: string | null
  terminals: number
}

const groups: Record<ComplianceGrouping, Sql> = {
  model: sql`t.model_id`,
  region: sql`s.region_id`,
  merchant: sql`s.merchant_id`,
}

/** How many terminals of each group, model and time zone report the same version of a component, or none. */
export const versionCounts = (db: Db, by: ComplianceGrouping, stores: readonly number[] | null) =>
  db.query<VersionCount>(sql`
  select st.id, st.model_id as model, st.zone, reported.component, reported.version,
         sum(st.terminals)::bigint as terminals
    from ${evaluatedVersions(groups[by], stores)}
   cross join lateral ${reportedVersions}
   group by 1, 2, 3, 4, 5`)

export type GroupName = { id: number; name: string; merchant: string | null }

/** Several merchants may have a region of the same name. */
const names: Record<ComplianceGrouping, Sql> = {
  model: sql`
  select id, name, null as merchant
    from terminal_model
   where org_id = ${ownOrg}
   order by name, id`,
  region: sql`
  select r.id, r.name, m.name as merchant
    from region r
    join merchant m on m.org_id = r.org_id and m.id = r.merchant_id
   where r.org_id = ${ownOrg}
   order by r.name, m.name, r.id`,
  merchant: sql`
  select id, name, null as merchant
    from merchant
   where org_id = ${ownOrg}
   order by name, id`,
}

export const groupNames = (db: Db, by: ComplianceGrouping) => db.query<GroupName>(names[by])
