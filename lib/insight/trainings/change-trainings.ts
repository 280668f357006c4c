import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { findTraining } from "@/lib/insight/trainings/list-trainings"
import type { Training, TrainingDraft } from "@/lib/insight/trainings/schemas"
import { deleteTraining, insertTraining } from "@/lib/insight/trainings/sql"

const subjectOf = ({ id, store, subject }: Training) => ({
  kind: "training",
  id: String(id),
  name: `${subject} (${store.name})`,
})
const factsOf = ({ operator, subject, heldOn }: Training) => ({ operator, subject, heldOn })

/** Records that somebody was trained. */
export async function recordTraining({
  actor,
  body,
}: {
  actor: Actor
  body: TrainingDraft
}): Promise<Training> {
  requirePermission(actor, "inventory:write")
  return inOrganisation(actor, async (db) => {
    const [row] = await insertTraining(db, body, actor.name)
    if (!row) throw new AppError("not_found", "There is no such store.", { field: "store" })
    const training = await findTraining(db, row.id)
    await recordAudit(db, actor, [
      { action: "training.recorded", subject: subjectOf(training), before: null, after: factsOf(training) },
    ])
    return training
  })
}

/** Removes a training that was recorded by mistake. */
export async function removeTraining({
  actor,
  params: { id },
}: {
  actor: Actor
  params: { id: number }
}): Promise<{ id: number }> {
  requirePermission(actor, "inventory:write")
  return inOrganisation(actor, async (db) => {
    const training = await findTraining(db, id)
    await deleteTraining(db, id)
    await recordAudit(db, actor, [
      { action: "training.removed", subject: subjectOf(training), before: factsOf(training), after: null },
    ])
    return { id }
  })
}
