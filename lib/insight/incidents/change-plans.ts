import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { allPlans, ownPlan, planOf } from "@/lib/insight/incidents/plan-of"
import type { Plan, PlanDraft } from "@/lib/insight/incidents/plan-schemas"
import { insertPlan } from "@/lib/insight/incidents/plan-sql"
import type { IncidentClass } from "@/lib/insight/incidents/words"

/** The contingency plans of all classes of incidents. */
export async function listPlans({ actor }: { actor: Actor }): Promise<{ data: Plan[] }> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({ data: await allPlans(db) }))
}

type Saving = { actor: Actor; params: { class: IncidentClass }; body: PlanDraft }

/** Saves a new version of a plan. Older versions stay. */
export async function savePlan({
  actor,
  params: { class: cls },
  body: { version, text },
}: Saving): Promise<Plan> {
  requirePermission(actor, "catalogue:write")
  return inOrganisation(actor, async (db) => {
    const before = await planOf(db, cls)
    const [row] =
      before.version === version
        ? await insertPlan(db, { cls, version: version + 1, text, by: actor.name })
        : []
    if (!row) throw new AppError("conflict", "Somebody else has changed this plan. Load it again.")
    await recordAudit(db, actor, [
      {
        action: "plan.changed",
        subject: { kind: "plan", id: cls, name: cls },
        before: version === 0 ? null : before.texts.en,
        after: text,
      },
    ])
    return ownPlan(row)
  })
}
