import { handler } from "@/lib/access/routes/handler"
import { getCompliance } from "@/lib/fleet/compliance/get-compliance"
import { Compliance, ComplianceQuery } from "@/lib/fleet/compliance/schemas"

export const GET = handler({
  may: "fleet:read",
  query: ComplianceQuery,
  answer: Compliance,
  run: getCompliance,
})
