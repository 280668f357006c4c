import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { components } from "@/lib/fleet/catalogue/components"
import { keptCounts } from "@/lib/fleet/catalogue/kept-counts"
import type { Compliance, ComplianceCell, ComplianceQuery } from "@/lib/fleet/compliance/schemas"
import { groupNames, versionCounts, type VersionCount } from "@/lib/fleet/compliance/sql"
import type { ComplianceGrouping } from "@/lib/fleet/compliance/words"
import { isRequired } from "@/lib/fleet/releases/shortfalls"
import { standardsOf, standingNow, type Present } from "@/lib/fleet/releases/standards-of"

const counts = (by: ComplianceGrouping) => keptCounts((db, stores) => versionCounts(db, by, stores))
const counted = { model: counts("model"), region: counts("region"), merchant: counts("merchant") }

/** How many terminals meet what policies require of their releases, by component and model or place. */
export async function getCompliance({
  actor,
  query: { by },
}: {
  actor: Actor
  query: ComplianceQuery
}): Promise<Compliance> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const standards = await standardsOf(db)
    const present = { standards, now: new Date() }
    const required = (await counted[by](db, actor)).filter((one) => isRequired(one, standards))
    const byGroup = groupBy(required, ({ id }) => id)
    const cellsOfGroup = (id: number | null) => cellsOf(byGroup.get(id) ?? [], present)
    const named = (await groupNames(db, by)).filter(({ id }) => byGroup.has(id))
    return {
      by,
      data: [...named, ...(byGroup.has(null) ? [{ id: null, name: null }] : [])].map((group) => ({
        ...group,
        cells: cellsOfGroup(group.id),
      })),
      total: cellsOf(required, present),
    }
  })
}

/** A cell of each component that is required of these terminals. */
function cellsOf(rows: readonly VersionCount[], present: Present): ComplianceCell[] {
  const byComponent = groupBy(rows, ({ component }) => component)
  return components.flatMap((component) => {
    const ofComponent = byComponent.get(component)
    if (!ofComponent) return []
    const cell = { component, terminals: 0, met: 0, soon: 0, behind: 0, unknown: 0 }
    for (const row of ofComponent) {
      cell.terminals += row.terminals
      cell[standingNow(row, present) ?? "unknown"] += row.terminals
    }
    return [cell]
  })
}
