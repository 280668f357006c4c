import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { readPage } from "@/lib/base/pages/read-page"
import type { Quarantined, QuarantinePage, QuarantineQuery } from "@/lib/intake/quarantine/schemas"
import { countByCode, quarantineOrder, quarantinePage, type QuarantineRow } from "@/lib/intake/quarantine/sql"

/** A page of rejected records by arrival, with their counts by reason. */
export async function listQuarantine({
  actor,
  query,
}: {
  actor: Actor
  query: QuarantineQuery
}): Promise<QuarantinePage> {
  requirePermission(actor, "quarantine:read")
  const { order, cursor, limit, ...filter } = query
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(quarantineOrder(order), { cursor, limit }, (slice) =>
      quarantinePage(db, filter, slice),
    )
    const counts = await countByCode(db, filter)
    return {
      data: rows.map(quarantinedOf),
      ...links,
      counts: Object.fromEntries(counts.map(({ code, count }) => [code, count])),
    }
  })
}

export const quarantinedOf = (row: QuarantineRow): Quarantined => ({
  id: row.id,
  kind: row.kind,
  code: row.code,
  field: row.field,
  message: row.message,
  terminal: row.terminal,
  seenCount: row.seen_count,
  receivedAt: row.received_at.toISOString(),
  lastReceivedAt: row.last_received_at.toISOString(),
  resolvedAt: row.resolved_at?.toISOString() ?? null,
  discardedAt: row.discarded_at?.toISOString() ?? null,
})
