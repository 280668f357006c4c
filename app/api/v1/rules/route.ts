import { handler } from "@/lib/access/routes/handler"
import { listRuleRecords } from "@/lib/insight/handling/rule-records"
import { RuleRecords } from "@/lib/insight/handling/schemas"

export const GET = handler({
  may: "fleet:read",
  answer: RuleRecords,
  run: ({ actor }) => listRuleRecords({ actor }),
})
