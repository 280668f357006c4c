import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { actions } from "@/lib/access/audit/actions"
import type { AuditEntry, AuditFacets, AuditPage, AuditQuery } from "@/lib/access/audit/schemas"
import {
  actionRows,
  actorRows,
  allEntries,
  entryOrder,
  entryPage,
  type EntryRow,
} from "@/lib/access/audit/sql"
import { inOrganisation } from "@/lib/base/db/transaction"
import { countRows } from "@/lib/base/pages/count"
import { readPage } from "@/lib/base/pages/read-page"

/** Returns a page of audit entries, newest first. */
export async function listAudit({ actor, query }: { actor: Actor; query: AuditQuery }): Promise<AuditPage> {
  requirePermission(actor, "audit:read")
  const { cursor, limit, ...filter } = query
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(entryOrder, { cursor, limit }, (slice) =>
      entryPage(db, filter, slice),
    )
    return { data: rows.map(entryOf), ...links, ...(await countRows(db, allEntries(filter))) }
  })
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
