import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import type { Flag, FlagPage, FlagQuery } from "@/lib/insight/flags/schemas"
import { flagCounts, flagPage, type FlagRow } from "@/lib/insight/flags/sql"

const list = "flags"
const Cursor = z.tuple([z.int(), z.iso.datetime(), z.int()])

/** A page of open or closed flags, most urgent first. */
export async function listFlags({ actor, query }: { actor: Actor; query: FlagQuery }): Promise<FlagPage> {
  requirePermission(actor, "fleet:read")
  const { cursor, ...filters } = query
  const page = { ...filters, after: cursor === undefined ? null : decodeCursor(list, cursor, Cursor) }
  return inOrganisation(actor, async (db) => {
    const rows = await flagPage(db, page)
    const counts = await flagCounts(db, page)
    const shown = rows.slice(0, query.limit)
    const last = shown.at(-1)
    return {
      data: shown.map(flagOf),
      nextCursor:
        rows.length > shown.length && last
          ? encodeCursor(list, [last.urgency, last.opened_at.toISOString(), last.id])
          : null,
      counts: Object.fromEntries(counts.map(({ kind, count }) => [kind, count])),
    }
  })
}

/** A flag's row without the column that pages are ordered by. */
export type PlainFlagRow = Omit<FlagRow, "urgency">

export const flagOf = (row: PlainFlagRow): Flag => ({
  id: row.id,
  kind: row.kind,
  rule: row.rule,
  status: row.status,
  reasons: row.reasons,
  sinceAt: row.since_at.toISOString(),
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  terminal:
    row.terminal_id === null ? null : { id: row.terminal_id, serial: row.serial ?? "", model: row.model },
  store:
    row.store_id === null
      ? null
      : { id: row.store_id, name: row.store_name ?? "", code: row.store_code ?? "" },
})
