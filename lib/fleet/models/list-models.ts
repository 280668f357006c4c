import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { earliestDates } from "@/lib/fleet/approvals/dates"
import { knownApprovals } from "@/lib/fleet/approvals/list-approvals"
import type { Approval } from "@/lib/fleet/approvals/schemas"
import { keptCounts, withCounts } from "@/lib/fleet/catalogue/kept-counts"
import type { Model, ModelList } from "@/lib/fleet/models/schemas"
import { models, ownCurrency, terminalsByModel, type ModelRow } from "@/lib/fleet/models/sql"

const countTerminals = keptCounts((db, stores) => terminalsByModel(db, { stores }))
const none: Pick<ModelRow, "terminals"> = { terminals: {} }

/** Lists models with their terminals and end dates. */
export async function listModels({ actor }: { actor: Actor }): Promise<ModelList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const known = await knownApprovals(db, {})
    return {
      data: withCounts(await models(db), await countTerminals(db, actor), none).map((row) =>
        modelOf(
          row,
          known.filter(({ model }) => model === row.id),
        ),
      ),
      currency: await ownCurrency(db),
    }
  })
}

/** The model with this id. */
export const findModel = async (db: Db, id: number): Promise<ModelRow[]> =>
  withCounts(await models(db, id), await terminalsByModel(db, { id }), none)

/** The model with this id. The counts of a large organisation may be kept ones. */
export const readModel = async (db: Db, actor: Actor, id: number): Promise<ModelRow | undefined> =>
  withCounts(await models(db, id), await countTerminals(db, actor), none)[0]

export const modelOf = (row: ModelRow, known: Approval[]): Model => ({
  ...row,
  ...earliestDates(known),
  checksOverdue: known.filter(({ isCheckOverdue }) => isCheckOverdue).length,
})
