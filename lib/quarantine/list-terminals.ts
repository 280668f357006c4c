import { requireScope, type Actor } from "@/lib/access/actor"
import { inOrganisation } from "@/lib/db/transaction"
import { keptObject } from "@/lib/ingest/kept"
import { clockAheadMs } from "@/lib/quarantine/correct-clock"
import type { GroupQuery, TerminalGroups } from "@/lib/quarantine/schemas"
import { terminalGroups } from "@/lib/quarantine/sql"
import { isClockCode } from "@/lib/quarantine/words"

const mostGroups = 100

/** Rejected records by the terminal that they name, most first; with how far its clock seems to be ahead, where that is the reason. */
export async function listTerminals({ actor, query }: { actor: Actor; query: GroupQuery }): Promise<TerminalGroups> {
  requireScope(actor, "read")
  const rows = await inOrganisation(actor.orgId, (db) => terminalGroups(db, { ...query, limit: mostGroups + 1 }))
  return {
    data: rows.slice(0, mostGroups).map(({ terminal, count, last_received_at, record, received_at }) => {
      const aheadMs = isClockCode(query.code) ? clockAheadMs(keptObject(record) ?? {}, received_at.getTime()) : null
      return { terminal, count, lastReceivedAt: last_received_at.toISOString(), aheadSeconds: aheadMs === null ? null : Math.round(aheadMs / 1000) }
    }),
    isWhole: rows.length <= mostGroups,
  }
}
