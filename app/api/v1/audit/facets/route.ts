import { auditFacets } from "@/lib/audit/list-audit"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "audit:read", run: auditFacets })
