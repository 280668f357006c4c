import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { onceFor } from "@/lib/base/kept/once-for"
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
    const now = new Date()
    const rows = await counted[by](db, actor)
    const minute = Math.floor(now.getTime() / 60_000)
    const { byGroup, total } = cellsBy(rows, JSON.stringify([standards, minute]), () =>
      allCells(rows, { standards, now }),
    )
    const groups = [...(await groupNames(db, by)), { id: null, name: null, merchant: null }]
    return {
      by,
      data: groups.flatMap((group) => {
        const cells = byGroup.get(group.id)
        return cells ? [{ ...group, cells }] : []
      }),
      total,
    }
  })
}

type Cells = { byGroup: Map<number | null, ComplianceCell[]>; total: ComplianceCell[] }

/** A large organisation has many regions, and its counts are kept for a minute. */
const cellsBy = onceFor<Cells>()

function allCells(rows: readonly VersionCount[], present: Present): Cells {
  const required = rows.filter((one) => isRequired(one, present.standards))
  const byGroup = [...groupBy(required, ({ id }) => id)].map(
    ([id, own]) => [id, cellsOf(own, present)] as const,
  )
  return { byGroup: new Map(byGroup), total: cellsOf(required, present) }
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
