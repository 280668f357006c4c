import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { Wear } from "@/lib/insight/trends/schemas"
import { limitOf, valuesOf, type KeptTrend } from "@/lib/insight/trends/signals"
import { partLivesOf, resetsOf, wearOf } from "@/lib/insight/trends/sql"
import { completed, dayOfWeeks } from "@/lib/insight/trends/weeks"
import { signals, type CounterName } from "@/lib/insight/trends/words"
import { counters, resetBit } from "@/lib/rollups/fold/sql/columns"

/** The weeks and trends of a terminal's parts, without those that it does not report. */
export async function getWear({ actor, terminalId }: { actor: Actor; terminalId: number }): Promise<Wear> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const [lives] = await partLivesOf(db, terminalId)
    if (!lives) throw new AppError("not_found", "There is no such terminal.")
    const [kept = { weeks: [], trends: {} }] = await wearOf(db, terminalId)
    const weeks = completed(kept.weeks)
    const shown = signals.flatMap((signal) => {
      const values = valuesOf(weeks, signal)
      const trend = kept.trends[signal]
      // A changed life of a part counts when the trend is next computed.
      const limit = trend?.limit ?? limitOf(signal, lives, values).value
      return values.length > 0 ? [{ signal, limit, weeks: [...values], trend: trendOf(trend) }] : []
    })
    return { signals: shown, resets: (await resetsOf(db, terminalId)).map(resetOf) }
  })
}

const dayOrNull = (weeks: number | null) => (weeks === null ? null : dayOfWeeks(weeks))

const nameOf: Record<(typeof counters)[number], CounterName> = {
  reboots: "reboots",
  network_errors: "networkErrors",
  printer_lines: "printerLines",
  chip_reads: "chipReads",
  chip_failures: "chipFailures",
  tap_reads: "tapReads",
  tap_failures: "tapFailures",
  swipe_reads: "swipeReads",
  swipe_failures: "swipeFailures",
  app_crashes: "appCrashes",
}

const resetOf = ({ on, bits }: { on: string; bits: number }) => ({
  on,
  counters: counters.filter((name) => (bits & resetBit(name)) !== 0).map((name) => nameOf[name]),
})

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
