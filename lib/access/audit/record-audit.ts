import { systemId, type Actor } from "@/lib/access/actor/actor"
import type { Action } from "@/lib/access/audit/actions"
import { insertEntries } from "@/lib/access/audit/sql"
import type { Db } from "@/lib/base/db/transaction"

/**
 * What was done to what. `before` and `after` hold the fields that changed, never a secret or a card number.
 */
export type AuditEntry = {
  action: Action
  subject: { kind: string; id: string | number; name: string }
  before?: object | null
  after?: object | null
}

/**
 * Writes entries into the audit trail, in the transaction that does them. What Tillwatch does by itself is
 * not written down, nor are uploads of records: each of their batches is a row of its own.
 */
export async function recordAudit(db: Db, actor: Actor, entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0 || actor.id === systemId) return
  await insertEntries(
    db,
    actor,
    entries.map(({ action, subject, before, after }) => ({
      action,
      subjectKind: subject.kind,
      subjectId: String(subject.id),
      subjectName: subject.name,
      before: before ?? null,
      after: after ?? null,
    })),
  )
}
