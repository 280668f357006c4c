import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { expectedOf, type Expected } from "@/lib/outlook/replacements/forecast"
import { readOutlook } from "@/lib/outlook/replacements/read-outlook"
import type { Forecast } from "@/lib/outlook/replacements/schemas"
import { modelNames } from "@/lib/outlook/replacements/sql"

/** Terminals to replace and failures to expect in the next quarters, by model. */
export async function getForecast({
  actor,
  now = new Date(),
}: {
  actor: Actor
  now?: Date
}): Promise<Forecast> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { economicsOf, costs, groups, quarters, today } = await readOutlook(db, actor, now)
    const byModel = groupBy(groups, ({ modelId }) => modelId)
    const models = [...(await modelNames(db)), null].filter((model) => byModel.has(model?.id ?? null))
    return {
      currency: costs.currency,
      quarters,
      data: models.map((model) => {
        const ofModel = byModel.get(model?.id ?? null) ?? []
        const economics = economicsOf(model?.id ?? null)
        const { prices, newMinor } = economics
        const expected = ofModel.map((group) => expectedOf(group, { economics, quarters, today }))
        return {
          model,
          terminals: ofModel.reduce((sum, { terminals }) => sum + terminals, 0),
          priceMinor: prices.unit,
          failureMinor: prices.failure,
          newMinor: Math.round(newMinor),
          quarters: quarters.map((_, i) => {
            const sum = (of: keyof Expected) =>
              expected.reduce((total, one) => total + (one[i]?.[of] ?? 0), 0)
            const [useEnd, cost, failures] = [sum("useEnd"), sum("cost"), sum("failures")]
            return {
              useEnd,
              cost,
              budgetMinor: (useEnd + cost) * prices.unit,
              failures: Math.round(failures * 10) / 10,
              repairsMinor: Math.round(failures * prices.failure),
            }
          }),
        }
      }),
    }
  })
}
