import { requireScope, type Actor } from "@/lib/access/actor"
import { causes } from "@/lib/causes/cause"
import { rangesOf } from "@/lib/causes/range"
import {
  causeGroups, isTerminalKey, retentionOf, segmentGroups, seriesRows, terminalGroups, totals,
  type BucketRow, type Counts, type Filters, type GroupRow, type Range, type SegmentGrouping,
} from "@/lib/causes/rates-sql"
import type { FailureRate, FailureRatePage, FailureRateQuery, FailureSeries, FailureSeriesQuery, Grouping } from "@/lib/causes/schemas"
import { inOrganisation, type Db } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { asOf } from "@/lib/fold/as-of"
import { wilsonInterval } from "@/lib/statistics/wilson"

const none: Counts = { presentments: 0, failures: 0, raw_attempts: 0, raw_failures: 0 }
const rate = (failures: number, attempts: number) => (attempts === 0 ? null : failures / attempts)

const rateOf = ({ presentments, failures, raw_attempts, raw_failures }: Counts) => ({
  attempts: presentments,
  failures,
  rate: rate(failures, presentments),
  interval: wilsonInterval(failures, presentments),
  raw: { attempts: raw_attempts, failures: raw_failures, rate: rate(raw_failures, raw_attempts) },
})

const withPrevious = (now: Counts, previous: Counts): FailureRate => ({ ...rateOf(now), previous: rateOf(previous) })

/** Grouped by these, a value is one share of all failures: every denominator is the total's. */
const sharesOfTotal: readonly Grouping[] = ["cause", "subcause", "code"]

function groupsOf(db: Db, grouping: Grouping, range: Range, filters: Filters): Promise<GroupRow[]> {
  if (grouping === "cause") return causeGroups(db, range, filters)
  return isTerminalKey(grouping) ? terminalGroups(db, grouping, range, filters) : segmentGroups(db, grouping as SegmentGrouping, range, filters)
}

/** Failure rates by cause or any dimension, with counts, 95 % intervals and the period before; worst first. */
export async function failureRates({ actor, query, now = new Date() }: { actor: Actor; query: FailureRateQuery; now?: Date }): Promise<FailureRatePage> {
  requireScope(actor, "read")
  const { from, to, groupBy, ...filters } = query
  const daysOnly = groupBy !== "cause" && !isTerminalKey(groupBy)
  if (daysOnly && (filters.terminal ?? filters.model) !== undefined) {
    throw new AppError("invalid", `Grouped by ${groupBy}, rates are kept for stores, merchants and regions: leave terminal and model out.`, { field: "groupBy" })
  }
  return inOrganisation(actor.orgId, async (db) => {
    const [organisation] = await retentionOf(db)
    if (!organisation) throw new AppError("not_found", "The organisation does not exist any more.")
    const { time_zone: zone, hour_retention_days: hourRetentionDays } = organisation
    const ranges = rangesOf({ from, to, zone, hourRetentionDays, daysOnly, at: now })

    const [total = none] = await totals(db, ranges.now, filters)
    const [totalBefore = none] = await totals(db, ranges.previous, filters)
    const before = new Map((await groupsOf(db, groupBy, ranges.previous, filters)).map((row) => [row.value, row]))
    const rows = await groupsOf(db, groupBy, ranges.now, filters)
    const shared = sharesOfTotal.includes(groupBy)
    const over = (counts: Counts, whole: Counts): Counts => (shared ? { ...counts, presentments: whole.presentments, raw_attempts: whole.raw_attempts } : counts)

    const data = rows.map((row) => ({
      value: row.value,
      label: row.label,
      ...withPrevious(over(row, total), over(before.get(row.value) ?? none, totalBefore)),
    }))
    data.sort((a, b) => b.failures - a.failures || String(a.value).localeCompare(String(b.value)))
    return {
      data,
      total: withPrevious(total, totalBefore),
      groupBy,
      resolution: ranges.now.resolution,
      from: ranges.from,
      to: ranges.to,
      asOf: (await asOf(db, actor.orgId)).toISOString(),
    }
  })
}

const bucketOf = (row: BucketRow) => ({
  at: row.at,
  presentments: row.presentments,
  failures: row.failures,
  byCause: Object.fromEntries(causes.map((cause) => [cause, row[cause]])) as Record<(typeof causes)[number], number>,
})

/** Failures by cause over time, and over the period of the same length before. */
export async function failureSeries({ actor, query, now = new Date() }: { actor: Actor; query: FailureSeriesQuery; now?: Date }): Promise<FailureSeries> {
  requireScope(actor, "read")
  const { from, to, bucket, ...filters } = query
  return inOrganisation(actor.orgId, async (db) => {
    const [organisation] = await retentionOf(db)
    if (!organisation) throw new AppError("not_found", "The organisation does not exist any more.")
    const { time_zone: zone, hour_retention_days: hourRetentionDays } = organisation
    const ranges = rangesOf({ from, to, zone, hourRetentionDays, daysOnly: bucket === "day", at: now })
    return {
      bucket: ranges.now.resolution,
      data: (await seriesRows(db, ranges.now, filters)).map(bucketOf),
      previous: (await seriesRows(db, ranges.previous, filters)).map(bucketOf),
      from: ranges.from,
      to: ranges.to,
      asOf: (await asOf(db, actor.orgId)).toISOString(),
    }
  })
}
