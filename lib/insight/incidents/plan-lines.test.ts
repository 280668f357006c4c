import { expect, test } from "vitest"
import { callsOf, callText, stepsOf, stepText } from "@/lib/insight/incidents/plan-lines"
import { PlanText } from "@/lib/insight/incidents/plan-schemas"
import { shippedPlans } from "@/lib/insight/incidents/shipped-plans"

test("plans are the same after they have been edited as text, and fit the API", () => {
  for (const { en, zh } of Object.values(shippedPlans))
    for (const [plan, colon] of [
      [en, ": "],
      [zh, "："],
    ] as const) {
      expect(callsOf(callText(plan.call, colon))).toEqual(plan.call)
      expect(stepsOf(stepText(plan.steps, colon))).toEqual(plan.steps)
      expect(PlanText.parse(plan)).toEqual(plan)
    }
})

test("a telephone number follows a colon of either script, and steps are put in order", () => {
  expect(callsOf("Acquirer: +86 95516\n\n收单机构客服：95516")).toEqual([
    { who: "Acquirer", phone: "+86 95516" },
    { who: "收单机构客服", phone: "95516" },
  ])
  expect(stepsOf("10 IT: call\n0 收银员：请用现金")).toEqual([
    { minute: 0, who: "收银员", what: "请用现金" },
    { minute: 10, who: "IT", what: "call" },
  ])
  expect(stepsOf("call the bank")).toBeNull()
})
