import type { Db } from "@/lib/base/db/transaction"
import type { Plan } from "@/lib/insight/incidents/plan-schemas"
import { newestPlans, type PlanRow } from "@/lib/insight/incidents/plan-sql"
import { shippedPlans } from "@/lib/insight/incidents/shipped-plans"
import { incidentClasses, type IncidentClass } from "@/lib/insight/incidents/words"

const shipped = (cls: IncidentClass): Plan => ({
  class: cls,
  version: 0,
  madeAt: null,
  madeBy: null,
  texts: shippedPlans[cls],
})

export const ownPlan = (row: PlanRow): Plan => ({
  class: row.class,
  version: row.version,
  madeAt: row.made_at.toISOString(),
  madeBy: row.made_by,
  texts: { en: row.plan, zh: row.plan },
})

/** The plans of all classes: the organisation's own, else the shipped one. */
export async function allPlans(db: Db): Promise<Plan[]> {
  const own = new Map((await newestPlans(db)).map((row) => [row.class, ownPlan(row)]))
  return incidentClasses.map((cls) => own.get(cls) ?? shipped(cls))
}

export const planOf = async (db: Db, cls: IncidentClass): Promise<Plan> =>
  (await allPlans(db)).find((plan) => plan.class === cls) ?? shipped(cls)
