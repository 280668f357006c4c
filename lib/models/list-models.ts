import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { earliestDates } from "@/lib/approvals/dates"
import { approvalOf } from "@/lib/approvals/list-approvals"
import type { Approval } from "@/lib/approvals/schemas"
import { approvals } from "@/lib/approvals/sql"
import { inOrganisation } from "@/lib/db/transaction"
import type { Model, ModelList } from "@/lib/models/schemas"
import { models, type ModelRow } from "@/lib/models/sql"

/** Every model with its terminals and the dates that count. */
export async function listModels({ actor }: { actor: Actor }): Promise<ModelList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const known = (await approvals(db, {})).map(approvalOf)
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
