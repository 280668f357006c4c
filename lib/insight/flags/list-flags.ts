import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { readPage } from "@/lib/base/pages/read-page"
import type { FlagRow } from "@/lib/insight/flags/flag-row"
import type { Flag, FlagPage, FlagQuery } from "@/lib/insight/flags/schemas"
import { flagCounts, flagOrder, flagPage } from "@/lib/insight/flags/sql"

/** A page of open or closed flags, most urgent first. */
export async function listFlags({
  actor,
  query: { sort, order, cursor, limit, ...filter },
}: {
  actor: Actor
  query: FlagQuery
}): Promise<FlagPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(flagOrder({ sort, order }), { cursor, limit }, (slice) =>
      flagPage(db, filter, slice),
    )
    const counts = await flagCounts(db, filter)
    return {
      data: rows.map(flagOf),
      ...links,
      counts: Object.fromEntries(counts.map(({ kind, count }) => [kind, count])),
    }
  })
}

export const flagOf = (row: FlagRow): Flag => ({
  id: row.id,
  kind: row.kind,
  rule: row.rule,
  status: row.status,
  reasons: row.reasons,
  sinceAt: row.since_at.toISOString(),
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
  assignee: row.assignee,
  snoozedUntil: row.snoozed_until?.toISOString() ?? null,
  incident: row.incident_id,
  stake:
    row.stake_minor === null || row.stake_currency === null
      ? null
      : { amountMinor: row.stake_minor, currency: row.stake_currency },
  remote: row.remote,
  mutedUntil: row.muted_until?.toISOString() ?? null,
  terminal:
    row.terminal_id === null ? null : { id: row.terminal_id, serial: row.serial ?? "", model: row.model },
  store:
    row.store_id === null
      ? null
      : { id: row.store_id, name: row.store_name ?? "", code: row.store_code ?? "" },
})
