import { parseAsString } from "nuqs/server"

/** The search parameters of the audit log. */
export const auditView = {
  by: parseAsString,
  action: parseAsString,
  subject: parseAsString,
  from: parseAsString,
  to: parseAsString,
  cursor: parseAsString,
}

/** The filters. The days are those of the reader. */
export type AuditFilter = Record<Exclude<keyof typeof auditView, "cursor">, string | null>
