import { systemId, type Actor } from "@/lib/access/actor/actor"
import type { Action } from "@/lib/access/audit/actions"
import { insertEntries } from "@/lib/access/audit/sql"
import type { Db } from "@/lib/base/db/transaction"

/**
 * An audit entry to write. `before` and `after` hold the changed fields, never a secret or a card number.
 */
export type AuditEntry = {
  action: Action
  subject: { kind: string; id: string | number; name: string }
  before?: object | null
  after?: object | null
}

/**
 * Writes audit entries. Call it in the transaction that makes the change. Actions of the system make no
 * entry. Uploads of records make none either, because each batch has its own row.
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
