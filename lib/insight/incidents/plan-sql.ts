import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { PlanText } from "@/lib/insight/incidents/plan-schemas"
import type { IncidentClass } from "@/lib/insight/incidents/words"

export type PlanRow = {
  class: IncidentClass
  version: number
  plan: PlanText
  made_at: Date
  made_by: string
}

/** The newest version of each class. */
export const newestPlans = (db: Db) =>
  db.query<PlanRow>(sql`
  select distinct on (class) class, version, plan, made_at, made_by
    from contingency_plan
   where org_id = ${ownOrg}
   order by class, version desc`)

/** Adds a version. None is added if somebody else has added it meanwhile. */
export const insertPlan = (
  db: Db,
  { cls, version, text, by }: { cls: IncidentClass; version: number; text: PlanText; by: string },
) =>
  db.query<PlanRow>(sql`
  insert into contingency_plan (org_id, class, version, plan, made_by)
  values (${ownOrg}, ${cls}, ${version}::int, ${JSON.stringify(text)}::jsonb, ${by})
  on conflict do nothing
  returning class, version, plan, made_at, made_by`)
