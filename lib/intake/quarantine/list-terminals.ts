import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { keptObject } from "@/lib/intake/ingest/kept"
import { clockAheadMs } from "@/lib/intake/quarantine/correct-clock"
import type { GroupQuery, TerminalGroups } from "@/lib/intake/quarantine/schemas"
import { mostAhead, terminalGroups } from "@/lib/intake/quarantine/sql"
import { isClockCode } from "@/lib/intake/quarantine/words"

const mostGroups = 100

/** The terminals of rejected records, those with the most records first. */
export async function listTerminals({
  actor,
  query,
}: {
  actor: Actor
  query: GroupQuery
}): Promise<TerminalGroups> {
  requirePermission(actor, "quarantine:read")
  return inOrganisation(actor, async (db) => {
    const rows = await terminalGroups(db, { ...query, limit: mostGroups + 1 })
    const aheadSeconds = await aheadOf(db, query)
    return {
      data: rows.slice(0, mostGroups).map(({ terminal, count, last_received_at }) => ({
        terminal,
        count,
        lastReceivedAt: last_received_at.toISOString(),
        aheadSeconds,
      })),
      isWhole: rows.length <= mostGroups,
    }
  })
}

async function aheadOf(db: Db, query: GroupQuery): Promise<number | null> {
  if (query.terminal === undefined || !isClockCode(query.code)) return null
  const [row] = await mostAhead(db, query)
  const aheadMs = row ? clockAheadMs(keptObject(row.record) ?? {}, row.received_at.getTime()) : null
  return aheadMs === null ? null : Math.round(aheadMs / 1000)
}
