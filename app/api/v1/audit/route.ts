import { listAudit } from "@/lib/audit/list-audit"
import { AuditPage, AuditQuery } from "@/lib/audit/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "audit:read", query: AuditQuery, answer: AuditPage, run: listAudit })
