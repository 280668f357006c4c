import { listAudit } from "@/lib/access/audit/list-audit"
import { AuditPage, AuditQuery } from "@/lib/access/audit/schemas"
import { handler } from "@/lib/access/routes/handler"

export const GET = handler({ may: "audit:read", query: AuditQuery, answer: AuditPage, run: listAudit })
