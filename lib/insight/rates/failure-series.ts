import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import { seriesRows, type BucketRow } from "@/lib/insight/rates/rates-sql"
import { readingOf } from "@/lib/insight/rates/reading"
import type { FailureSeries, FailureSeriesQuery } from "@/lib/insight/rates/schemas"
import { groupingsWithin } from "@/lib/insight/rates/words"
import { asOf } from "@/lib/rollups/fold/as-of"

/** With `only`, failures of other causes do not count. */
const bucketOf = (row: BucketRow, only: Cause | undefined) => ({
  at: row.at,
  presentments: row.presentments,
  failures: row.failures,
  byCause: Object.fromEntries(
    causes.map((cause) => [cause, only === undefined || only === cause ? row[cause] : 0]),
  ) as Record<Cause, number>,
})

type Input = { actor: Actor; query: FailureSeriesQuery; now?: Date }

/** Failures by cause over time, and over the previous period. */
export async function failureSeries({ actor, query, now = new Date() }: Input): Promise<FailureSeries> {
  requirePermission(actor, "fleet:read")
  const { from, to, range, bucket, compareFrom, compareTo, ...filters } = query
  if (groupingsWithin(filters).length === 0)
    throw new AppError("invalid", "Codes are not kept by terminal or model.", { field: "subcause" })
  return inOrganisation(actor, async (db) => {
    const wanted = { from, to, range, compareFrom, compareTo }
    const daysOnly = bucket === "day"
    const { used, ...reading } = await readingOf(db, { actor, wanted, filters, daysOnly, now })
    const rows = await seriesRows(db, reading)
    return {
      bucket: used.range.resolution,
      data: rows.filter((row) => row.is_now).map((row) => bucketOf(row, filters.cause)),
      previous: rows.filter((row) => !row.is_now).map((row) => bucketOf(row, filters.cause)),
      from: used.from,
      to: used.to,
      days: used.days,
      previousPeriod: used.previous,
      asOf: (await asOf(db, actor.orgId)).toISOString(),
    }
  })
}
