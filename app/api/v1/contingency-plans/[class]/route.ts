import { handler } from "@/lib/access/routes/handler"
import { savePlan } from "@/lib/insight/incidents/change-plans"
import { Plan, PlanClass, PlanDraft } from "@/lib/insight/incidents/plan-schemas"

export const PUT = handler({
  may: "catalogue:write",
  params: PlanClass,
  body: PlanDraft,
  answer: Plan,
  run: savePlan,
})
