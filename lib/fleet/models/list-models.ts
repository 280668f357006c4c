import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { earliestDates } from "@/lib/fleet/approvals/dates"
import { knownApprovals } from "@/lib/fleet/approvals/list-approvals"
import type { Approval } from "@/lib/fleet/approvals/schemas"
import type { Model, ModelList } from "@/lib/fleet/models/schemas"
import { models, type ModelRow } from "@/lib/fleet/models/sql"

/** Lists models with their terminals and end dates. */
export async function listModels({ actor }: { actor: Actor }): Promise<ModelList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const known = await knownApprovals(db, {})
    return {
      data: (await models(db)).map((row) =>
        modelOf(
          row,
          known.filter(({ model }) => model === row.id),
        ),
      ),
    }
  })
}

export const modelOf = (row: ModelRow, known: Approval[]): Model => ({
  ...row,
  ...earliestDates(known),
  checksOverdue: known.filter(({ isCheckOverdue }) => isCheckOverdue).length,
})
