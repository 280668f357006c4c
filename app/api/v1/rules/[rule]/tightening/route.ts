import { handler } from "@/lib/access/routes/handler"
import { LoosenedRule, NightlyRuleName } from "@/lib/insight/sensitivity/schemas"
import { loosenRule } from "@/lib/insight/sensitivity/tighten-rules"

export const DELETE = handler({
  may: "organisation:manage",
  params: NightlyRuleName,
  answer: LoosenedRule,
  run: ({ actor, params }) => loosenRule({ actor, params }),
})
