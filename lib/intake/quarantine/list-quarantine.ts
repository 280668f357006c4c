import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import type { Quarantined, QuarantinePage, QuarantineQuery } from "@/lib/intake/quarantine/schemas"
import { countByCode, quarantinePage, type QuarantineRow } from "@/lib/intake/quarantine/sql"

const list = "quarantine"
const Cursor = z.tuple([z.int()])

/** A page of rejected records, newest first, with their number by reason. */
export async function listQuarantine({
  actor,
  query,
}: {
  actor: Actor
  query: QuarantineQuery
}): Promise<QuarantinePage> {
  requirePermission(actor, "quarantine:read")
  const { cursor, limit, ...filter } = query
  const [before] = cursor === undefined ? [null] : decodeCursor(list, cursor, Cursor)
  return inOrganisation(actor, async (db) => {
    const rows = await quarantinePage(db, { ...filter, before, limit })
    const counts = await countByCode(db, filter)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      data: shown.map(quarantinedOf),
      nextCursor: rows.length > shown.length && last ? encodeCursor(list, [last.id]) : null,
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
