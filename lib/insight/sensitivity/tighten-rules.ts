import { selfActor, type Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit } from "@/lib/access/audit/record-audit"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { nightlyRules, type NightlyRule, type RuleName } from "@/lib/insight/flags/words"
import { findsNothing } from "@/lib/insight/sensitivity/finds-nothing"
import type { LoosenedRule } from "@/lib/insight/sensitivity/schemas"
import {
  findingsOfYear,
  insertTightenings,
  tighteningRows,
  undoTightening,
  type Tightening,
} from "@/lib/insight/sensitivity/sql"

/** Rules that were tightened, also those of which somebody took it back. */
export const tightenings = async (db: Db, orgId: string): Promise<ReadonlyMap<RuleName, Tightening>> =>
  new Map((await tighteningRows(db, orgId)).map((row) => [row.rule, row]))

/** The rules that are a step stricter now. */
export const tightenedRules = async (db: Db, orgId: string): Promise<ReadonlySet<NightlyRule>> =>
  new Set((await tighteningRows(db, orgId)).filter((row) => row.undone_at === null).map(({ rule }) => rule))

/** The rules whose flags are wrong too often. */
export const rulesThatFindNothing = async (
  db: Db,
  asked: { orgId: string; at: Date },
): Promise<ReadonlySet<RuleName>> =>
  new Set((await findingsOfYear(db, asked)).filter(findsNothing).map(({ rule }) => rule))

/** Makes the nights' rules that find nothing too often a step stricter. */
export async function tightenRules({ orgId, at }: { orgId: string; at: Date }): Promise<void> {
  const actor = selfActor(orgId)
  await inOrganisation(actor, async (db) => {
    const tightened = await tightenedRules(db, orgId)
    const noisy = (await findingsOfYear(db, { orgId, at })).filter(findsNothing)
    const found = new Map(noisy.map(({ rule, ...looked }) => [rule, looked]))
    const rules = nightlyRules.filter((rule) => found.has(rule) && !tightened.has(rule))
    if (rules.length === 0) return
    await insertTightenings(db, { orgId, rules, at })
    await recordAudit(
      db,
      actor,
      rules.map((rule) => ({
        action: "rule.tightened",
        subject: subjectOf(rule),
        after: found.get(rule) ?? null,
      })),
    )
  })
}

type Undoing = { actor: Actor; params: { rule: NightlyRule }; now?: Date }

/** Takes the tightening of a rule back. It stays so until there are as many findings again. */
export async function loosenRule({
  actor,
  params: { rule },
  now = new Date(),
}: Undoing): Promise<LoosenedRule> {
  requirePermission(actor, "organisation:manage")
  return inOrganisation(actor, async (db) => {
    const [undone] = await undoTightening(db, { rule, now })
    if (!undone) throw new AppError("not_found", "This rule was never tightened.")
    if (undone.is_new) await recordAudit(db, actor, [{ action: "rule.loosened", subject: subjectOf(rule) }])
    return { rule }
  })
}

const subjectOf = (rule: NightlyRule) => ({ kind: "rule", id: rule, name: rule })
