import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { readPage } from "@/lib/base/pages/read-page"
import type { RemoteAction, RemotePage, RemoteQuery } from "@/lib/insight/remote/schemas"
import { remoteOrder, remotePage, type RemoteRow } from "@/lib/insight/remote/sql"

type Input = { actor: Actor; query: RemoteQuery }

/** A page of the actions that were asked for, the oldest first. */
export async function listRemote({ actor, query: { cursor, limit, ...filter } }: Input): Promise<RemotePage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(remoteOrder, { cursor, limit }, (slice) =>
      remotePage(db, filter, slice),
    )
    return { data: rows.map(remoteOf), ...links }
  })
}

export const remoteOf = (row: RemoteRow): RemoteAction => ({
  id: row.id,
  action: row.action,
  state: row.state,
  askedAt: row.asked_at.toISOString(),
  askedBy: row.asked_by,
  dueAt: row.due_at.toISOString(),
  takenAt: row.taken_at?.toISOString() ?? null,
  takenBy: row.taken_by,
  endedAt: row.ended_at?.toISOString() ?? null,
  flag: { id: row.flag_id, rule: row.rule },
  terminal: { id: row.terminal_id, serial: row.serial, model: row.model },
})
