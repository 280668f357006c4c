import { handler } from "@/lib/access/routes/handler"
import { listPlans } from "@/lib/insight/incidents/change-plans"
import { PlanList } from "@/lib/insight/incidents/plan-schemas"

export const GET = handler({ may: "fleet:read", answer: PlanList, run: listPlans })
