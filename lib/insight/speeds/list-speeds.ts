import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { hasManyStores, mostListed, readingOf } from "@/lib/insight/rates/reading"
import { speedRows, type SpeedRow } from "@/lib/insight/rates/speed-rows"
import { toldApart } from "@/lib/insight/rates/told-apart"
import type { SpeedPage, SpeedQuery } from "@/lib/insight/speeds/schemas"
import { classCount, durationQuantile } from "@/lib/rollups/speeds/classes"

const mostShown = 200
/** With fewer sales, a 95th percentile is a single sale: such rows come last. */
const fewestToRank = 20

type Input = { actor: Actor; query: SpeedQuery; now?: Date }

/** How long sales take by what they go through, those first that are slowest for their others. */
export async function listSpeeds({ actor, query, now = new Date() }: Input): Promise<SpeedPage> {
  requirePermission(actor, "fleet:read")
  const { by, from, to, range, ...filters } = query
  const wanted = { from, to, range }
  const { rows, used } = await inOrganisation(actor, async (db) => {
    if (by === "store" && (await hasManyStores(db, filters)))
      throw new AppError(
        "invalid",
        `Speeds by store are answered within ${mostListed} stores: add merchant or region.`,
        { field: "by" },
      )
    const reading = await readingOf(db, { actor, wanted, filters, daysOnly: true, now })
    const found = await speedRows(db, reading, by)
    return { rows: await toldApart(db, by, found), used: reading.used }
  })
  const total = Array.from({ length: classCount }, (_, i) =>
    rows.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0),
  )
  const data = rows.map((row) => speedOf(row, total)).toSorted((a, b) => rankOf(b) - rankOf(a))
  return {
    data: data.slice(0, mostShown),
    total: figuresOf(total),
    leftOut: Math.max(0, data.length - mostShown),
    by,
    from: used.from,
    to: used.to,
    days: used.days,
  }
}

const figuresOf = (counts: readonly number[]) => ({
  sales: counts.reduce((sum, count) => sum + count, 0),
  medianMs: durationQuantile(counts, 0.5),
  p95Ms: durationQuantile(counts, 0.95),
})

function speedOf({ value, label, counts }: SpeedRow, total: readonly number[]): SpeedPage["data"][number] {
  const others = total.map((count, i) => count - (counts[i] ?? 0))
  return { value, label, ...figuresOf(counts), expectedMs: durationQuantile(others, 0.95) }
}

const rankOf = ({ sales, p95Ms, expectedMs }: SpeedPage["data"][number]): number =>
  sales < fewestToRank || p95Ms === null ? -1 : p95Ms / (expectedMs ?? p95Ms)
