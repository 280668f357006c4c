import { auditFacets } from "@/lib/audit/list-audit"
import { AuditFacets } from "@/lib/audit/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "audit:read", answer: AuditFacets, run: auditFacets })
