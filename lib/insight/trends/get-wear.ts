import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { Wear } from "@/lib/insight/trends/schemas"
import { limitOf, valuesOf, type KeptTrend } from "@/lib/insight/trends/signals"
import { partLivesOf, wearOf } from "@/lib/insight/trends/sql"
import { dayOfWeeks } from "@/lib/insight/trends/weeks"
import { signals } from "@/lib/insight/trends/words"

/** The weeks and trends of a terminal's parts, without those that it does not report. */
export async function getWear({ actor, terminalId }: { actor: Actor; terminalId: number }): Promise<Wear> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const [lives] = await partLivesOf(db, terminalId)
    if (!lives) throw new AppError("not_found", "There is no such terminal.")
    const [{ weeks, trends } = { weeks: [], trends: {} }] = await wearOf(db, terminalId)
    const shown = signals.map((signal) => ({
      signal,
      // A changed life of a part counts when the trend is next computed.
      limit: trends[signal]?.limit ?? limitOf(signal, lives).value,
      weeks: valuesOf(weeks, signal),
      trend: trendOf(trends[signal]),
    }))
    return { signals: shown.filter((one) => one.weeks.length > 0) }
  })
}

const dayOrNull = (weeks: number | null) => (weeks === null ? null : dayOfWeeks(weeks))

const trendOf = (trend: KeptTrend | undefined) =>
  trend
    ? {
        level: trend.level,
        perWeek: trend.slope,
        weeks: trend.weeks,
        on: dayOfWeeks(trend.due),
        early: dayOrNull(trend.early),
        late: dayOrNull(trend.late),
      }
    : null
