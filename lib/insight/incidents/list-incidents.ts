import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { readPage } from "@/lib/base/pages/read-page"
import { incidentOf } from "@/lib/insight/incidents/incident-of"
import type { IncidentPage, IncidentQuery } from "@/lib/insight/incidents/schemas"
import { incidentCounts, incidentOrder, incidentPage } from "@/lib/insight/incidents/sql"

/** A page of open or closed incidents, the newest first. */
export async function listIncidents({
  actor,
  query: { cursor, limit, ...filter },
}: {
  actor: Actor
  query: IncidentQuery
}): Promise<IncidentPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(incidentOrder, { cursor, limit }, (slice) =>
      incidentPage(db, filter, slice),
    )
    const counts = await incidentCounts(db, filter)
    return {
      data: rows.map(incidentOf),
      ...links,
      counts: Object.fromEntries(counts.map(({ class: cls, count }) => [cls, count])),
    }
  })
}
