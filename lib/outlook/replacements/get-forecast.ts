import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { onceFor } from "@/lib/base/kept/once-for"
import { expectedOf, type Expected, type Group } from "@/lib/outlook/replacements/forecast"
import { readOutlook } from "@/lib/outlook/replacements/read-outlook"
import type { Forecast, ForecastRow } from "@/lib/outlook/replacements/schemas"
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
    const outlook = await readOutlook(db, actor, now)
    const { costs, groups, quarters, key, today } = outlook
    const byModel = rowsBy(groups, `${key} ${today}`, () => rowsOf(outlook))
    const models = [...(await modelNames(db)), null]
    return {
      currency: costs.currency,
      quarters,
      data: models.flatMap((model) => {
        const row = byModel.get(model?.id ?? null)
        return row ? [{ model, ...row }] : []
      }),
    }
  })
}

type Row = Omit<ForecastRow, "model">

/** Most of the time goes into the rows of a large organisation's groups, which are kept for a minute. */
const rowsBy = onceFor<Map<number | null, Row>>()

type Outlook = Awaited<ReturnType<typeof readOutlook>>

const rowsOf = (outlook: Outlook): Map<number | null, Row> =>
  new Map(
    [...groupBy(outlook.groups, ({ modelId }) => modelId)].map(([id, groups]) => [
      id,
      rowOf(outlook, id, groups),
    ]),
  )

function rowOf({ economicsOf, quarters, today }: Outlook, model: number | null, groups: Group[]): Row {
  const economics = economicsOf(model)
  const { prices, life } = economics
  const expected = groups.map((group) => expectedOf(group, { economics, quarters, today }))
  return {
    terminals: groups.reduce((sum, { terminals }) => sum + terminals, 0),
    priceMinor: prices.unit,
    failureMinor: prices.failure,
    newMinor: Math.round(life.newCost),
    bestMonths: Number.isFinite(life.bestMonths) ? life.bestMonths : null,
    quarters: quarters.map((_, i) => {
      const sum = (of: keyof Expected) => expected.reduce((total, one) => total + (one[i]?.[of] ?? 0), 0)
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
}
