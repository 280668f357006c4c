import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { sensitivities } from "@/lib/access/organisation/words"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { keptFor } from "@/lib/fleet/catalogue/kept-counts"
import { discoveryRates, stepOf } from "@/lib/insight/engine/terms/settings"
import { nightlyRules, type NightlyRule } from "@/lib/insight/flags/words"
import type { Rehearsals } from "@/lib/insight/sensitivity/schemas"
import { missingCounts, rehearsedCounts, rehearsedSince } from "@/lib/insight/sensitivity/sql"
import { tightenedRules } from "@/lib/insight/sensitivity/tighten-rules"

type Asked = { actor: Actor; now?: Date }
type Counts = Awaited<ReturnType<typeof countsOf>>

const kept = keptFor<Counts>()
const nothing: Counts = { counted: [], missing: [] }

const countsOf = async (db: Db, asked: Parameters<typeof missingCounts>[1]) => ({
  counted: await rehearsedCounts(db, asked.since),
  missing: await missingCounts(db, asked),
})

/**
 * What each sensitivity would have opened in the last 90 days. The nights keep it as they go, so this only
 * counts. Rules that are tightened are a step stricter in each.
 */
export async function rehearse({ actor, now = new Date() }: Asked): Promise<Rehearsals> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const [own] = await rehearsedSince(db, now)
    if (!own) throw new AppError("not_found", "The organisation no longer exists.")
    const { sensitivity, since } = own
    const tightened = await tightenedRules(db, actor.orgId)
    const stepFor = (rule: NightlyRule, name: typeof sensitivity) =>
      stepOf[name] + (tightened.has(rule) ? 1 : 0)
    const inForce = nightlyRules.map((rule) => ({ rule, step: stepFor(rule, sensitivity) }))
    const key = JSON.stringify([since, inForce])
    const read = async (on: Db) => (since === null ? [] : [await countsOf(on, { since, inForce })])
    const [{ counted, missing } = nothing] = await kept(db, actor, key, read)
    const data = sensitivities.map((name) => {
      const rules = nightlyRules.map((rule) => {
        const isIts = (row: { rule: NightlyRule; step: number }) =>
          row.rule === rule && row.step === stepFor(rule, name)
        const found = counted.find(isIts)
        return {
          rule,
          opened: found?.opened ?? 0,
          confirmed: found?.confirmed ?? 0,
          noFaultFound: found?.no_fault_found ?? 0,
          missing: missing.find(isIts)?.missing ?? 0,
        }
      })
      const sum = (of: "opened" | "confirmed" | "noFaultFound" | "missing") =>
        rules.reduce((total, rule) => total + rule[of], 0)
      return {
        sensitivity: name,
        rate: discoveryRates[stepOf[name]],
        opened: sum("opened"),
        confirmed: sum("confirmed"),
        noFaultFound: sum("noFaultFound"),
        missing: sum("missing"),
        rules,
      }
    })
    return { sensitivity, since, data }
  })
}
