import type { Action } from "@/lib/access/audit/actions"
import type { AuditEntry } from "@/lib/access/audit/record-audit"

/** An audit entry for an action on several records, which are named by the first and the last of them. */
export function auditEntryOf(
  action: Extract<Action, `quarantine.${string}`>,
  ids: number[],
  after: object = {},
): AuditEntry {
  const [first, last] = ids.reduce(
    ([least, most], id) => [Math.min(least, id), Math.max(most, id)] as const,
    [Infinity, -Infinity] as const,
  )
  return {
    action,
    subject: { kind: "quarantine", id: first, name: first === last ? `#${first}` : `#${first}–#${last}` },
    after: { records: ids.length, ...after },
  }
}
