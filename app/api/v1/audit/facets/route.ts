import { auditFacets } from "@/lib/access/audit/list-audit"
import { AuditFacets } from "@/lib/access/audit/schemas"
import { handler } from "@/lib/access/routes/handler"

export const GET = handler({ may: "audit:read", answer: AuditFacets, run: auditFacets })
