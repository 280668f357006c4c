import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { actions } from "@/lib/access/audit/actions"
import type { AuditEntry, AuditFacets, AuditPage, AuditQuery } from "@/lib/access/audit/schemas"
import { actionRows, actorRows, entryPage, type EntryRow } from "@/lib/access/audit/sql"
import { inOrganisation } from "@/lib/base/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"

const list = "audit"
const Cursor = z.tuple([z.int()])

/** Returns a page of audit entries, newest first. */
export async function listAudit({ actor, query }: { actor: Actor; query: AuditQuery }): Promise<AuditPage> {
  requirePermission(actor, "audit:read")
  const { cursor, limit, ...filter } = query
  const [before] = cursor === undefined ? [null] : decodeCursor(list, cursor, Cursor)
  const rows = await inOrganisation(actor, (db) => entryPage(db, { ...filter, before, limit: limit + 1 }))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map(entryOf),
    nextCursor: rows.length > shown.length && last ? encodeCursor(list, [last.id]) : null,
  }
}

/** Lists the actors and actions that have audit entries, for the filters. */
export async function auditFacets({ actor }: { actor: Actor }): Promise<AuditFacets> {
  requirePermission(actor, "audit:read")
  return inOrganisation(actor, async (db) => ({
    by: await actorRows(db),
    actions: (await actionRows(db, actions)).map(({ action }) => action),
  }))
}

export const entryOf = (row: EntryRow): AuditEntry => ({
  id: row.id,
  at: row.at.toISOString(),
  by: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  address: row.address,
  action: row.action,
  subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
  before: row.before,
  after: row.after,
})
