import type { PlanText } from "@/lib/insight/incidents/plan-schemas"
import plans from "@/lib/insight/incidents/shipped-plans.json"
import type { IncidentClass } from "@/lib/insight/incidents/words"

/**
 * The plans that are shipped, for organisations without one of their own. They name roles; an organisation
 * adds names and telephone numbers.
 */
export const shippedPlans: Readonly<Record<IncidentClass, { en: PlanText; zh: PlanText }>> = plans
