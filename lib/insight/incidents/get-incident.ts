import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { incidentOf } from "@/lib/insight/incidents/incident-of"
import { planOf } from "@/lib/insight/incidents/plan-of"
import type { IncidentDetail } from "@/lib/insight/incidents/schemas"
import { incidentById, membersOf } from "@/lib/insight/incidents/sql"

const mostMembers = 500

/** An incident with its timeline, the terminals in the actor's reach, and what to do. */
export async function getIncident({
  actor,
  incidentId,
}: {
  actor: Actor
  incidentId: number
}): Promise<IncidentDetail> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const [row] = await incidentById(db, incidentId)
    if (!row) throw new AppError("not_found", "There is no such incident.")
    const members = await membersOf(db, { id: row.id, limit: mostMembers })
    return {
      ...incidentOf(row),
      timeline: row.timeline,
      members: members.map((member) => ({
        terminal: { id: member.terminal_id, serial: member.serial },
        store: { id: member.store_id, name: member.store_name },
        firstOn: member.first_on,
        lastOn: member.last_on,
        observed: member.observed,
        expected: member.expected,
      })),
      plan: await planOf(db, row.class),
    }
  })
}
