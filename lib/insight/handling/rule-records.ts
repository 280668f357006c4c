import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { wilsonInterval } from "@/lib/base/statistics/wilson"
import { daysAfter } from "@/lib/base/time/days-after"
import { keptFor } from "@/lib/fleet/catalogue/kept-counts"
import { isRight, isWrong } from "@/lib/insight/flags/outcomes"
import { ruleSettingsOf } from "@/lib/insight/flags/rule-settings"
import { ruleNames } from "@/lib/insight/flags/words"
import type { RuleRecord, RuleRecords } from "@/lib/insight/handling/schemas"
import { countFindings, countFlags } from "@/lib/insight/handling/sql"
import { rulesThatFindNothing, tightenings } from "@/lib/insight/sensitivity/tighten-rules"

const days = 90

type Counts = {
  opened: Awaited<ReturnType<typeof countFlags>>
  findings: Awaited<ReturnType<typeof countFindings>>
}
const kept = keptFor<Counts>()
const none: Counts = { opened: [], findings: [] }

/** How often each rule was right in the last 90 days, by what was found. */
export async function listRuleRecords({
  actor,
  now = new Date(),
}: {
  actor: Actor
  now?: Date
}): Promise<RuleRecords> {
  requirePermission(actor, "fleet:read")
  const since = daysAfter(now, -days)
  return inOrganisation(actor, async (db) => {
    const count = async (on: Db) => [
      { opened: await countFlags(on, since), findings: await countFindings(on, since) },
    ]
    const [{ opened, findings } = none] = await kept(db, actor, "rules", count)
    const flags = new Map(opened.map((row) => [row.rule, row]))
    const noisy = await rulesThatFindNothing(db, { orgId: actor.orgId, at: now })
    const tightened = await tightenings(db, actor.orgId)
    const settings = await ruleSettingsOf(db, actor.orgId)
    const data = ruleNames.map((rule): RuleRecord => {
      const found = findings.filter((row) => row.rule === rule)
      const sum = (rows: typeof found) => rows.reduce((total, { count }) => total + count, 0)
      const right = sum(found.filter(({ outcome }) => isRight(outcome)))
      const wrong = sum(found.filter(({ outcome }) => isWrong(outcome)))
      return {
        rule,
        opened: flags.get(rule)?.opened ?? 0,
        open: flags.get(rule)?.open ?? 0,
        findings: sum(found),
        right,
        wrong,
        noFaultFound: sum(found.filter(({ outcome }) => outcome === "no_fault_found")),
        findsNothing: noisy.has(rule),
        tightenedAt: tightened.get(rule)?.tightened_at.toISOString() ?? null,
        undoneAt: tightened.get(rule)?.undone_at?.toISOString() ?? null,
        precision: right + wrong === 0 ? null : right / (right + wrong),
        interval: wilsonInterval(right, right + wrong),
      }
    })
    return { data, since: since.toISOString(), settings }
  })
}
