import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { wilsonInterval } from "@/lib/base/statistics/wilson"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import { rangeOf, type Range } from "@/lib/insight/rates/range"
import {
  isTerminalGrouping,
  readSettings,
  segmentGroups,
  seriesRows,
  terminalGroups,
  totals,
  type BothCounts,
  type BucketRow,
  type Counts,
  type Filters,
  type GroupRow,
  type TotalRow,
} from "@/lib/insight/rates/rates-sql"
import type {
  FailureRate,
  FailureRatePage,
  FailureRateQuery,
  FailureSeries,
  FailureSeriesQuery,
  Grouping,
} from "@/lib/insight/rates/schemas"
import { asOf } from "@/lib/rollups/fold/as-of"

const rate = (failures: number, attempts: number) => (attempts === 0 ? null : failures / attempts)

export const rateOf = ({ presentments, failures, raw_attempts, raw_failures }: Counts) => ({
  attempts: presentments,
  failures,
  rate: rate(failures, presentments),
  interval: wilsonInterval(failures, presentments),
  raw: { attempts: raw_attempts, failures: raw_failures, rate: rate(raw_failures, raw_attempts) },
})

const previousOf = (row: BothCounts): Counts => ({
  presentments: row.previous_presentments,
  failures: row.previous_failures,
  raw_attempts: row.previous_raw_attempts,
  raw_failures: row.previous_raw_failures,
})

const failureRate = (row: BothCounts): FailureRate => ({ ...rateOf(row), previous: rateOf(previousOf(row)) })

/** In these groupings, every row has the total's denominator. */
const sharesOfTotal: readonly Grouping[] = ["cause", "subcause", "code"]

const shareOf = (row: BothCounts, total: BothCounts): BothCounts => ({
  ...row,
  presentments: total.presentments,
  raw_attempts: total.raw_attempts,
  previous_presentments: total.previous_presentments,
  previous_raw_attempts: total.previous_raw_attempts,
})

const causeRows = (total: TotalRow): GroupRow[] =>
  causes.map((cause) => ({
    ...total,
    value: cause,
    label: null,
    failures: total[cause],
    raw_failures: total[`raw_${cause}`],
    previous_failures: total[`previous_${cause}`],
    previous_raw_failures: total[`previous_raw_${cause}`],
  }))

type Reading = { grouping: Grouping; range: Range; filters: Filters; total: TotalRow; isOneZone: boolean }

async function groupsOf(
  db: Db,
  { grouping, range, filters, total, isOneZone }: Reading,
): Promise<GroupRow[]> {
  if (grouping === "cause") return causeRows(total)
  if (isTerminalGrouping(grouping)) return terminalGroups(db, grouping, range, filters)
  if (range.resolution !== "day") throw new Error(`${grouping} is kept by day`)
  return segmentGroups(db, grouping, range, filters, isOneZone)
}

async function settingsOf(db: Db) {
  const zone = await organisationZone(db)
  const [kept] = await readSettings(db)
  if (!kept) throw new Error("the organisation has a zone but no settings")
  return { zone, hoursFrom: kept.hours_from, isOneZone: kept.is_one_zone }
}

/** Failure rates by a grouping, with counts, 95% intervals and the previous period. Most failures first. */
export async function failureRates({
  actor,
  query,
  now = new Date(),
}: {
  actor: Actor
  query: FailureRateQuery
  now?: Date
}): Promise<FailureRatePage> {
  requirePermission(actor, "fleet:read")
  const { from, to, groupBy, ...filters } = query
  const daysOnly = groupBy !== "cause" && !isTerminalGrouping(groupBy)
  if (daysOnly && (filters.terminal ?? filters.model) !== undefined) {
    throw new AppError(
      "invalid",
      `Rates by ${groupBy} are kept by store, merchant and region: leave out terminal and model.`,
      { field: "groupBy" },
    )
  }
  return inOrganisation(actor, async (db) => {
    const { isOneZone, ...settings } = await settingsOf(db)
    const used = rangeOf({ from, to, ...settings, daysOnly, at: now })
    const [total] = await totals(db, used.range, filters)
    if (!total) throw new Error("a sum without groups returns one row")
    const rows = await groupsOf(db, { grouping: groupBy, range: used.range, filters, total, isOneZone })

    const data = rows.map((row) => ({
      value: row.value,
      label: row.label,
      ...failureRate(sharesOfTotal.includes(groupBy) ? shareOf(row, total) : row),
    }))
    data.sort(
      (a, b) =>
        b.failures - a.failures ||
        b.previous.failures - a.previous.failures ||
        (a.value ?? "").localeCompare(b.value ?? "", "en", { numeric: true }),
    )
    return {
      data,
      total: failureRate(total),
      groupBy,
      resolution: used.range.resolution,
      from: used.from,
      to: used.to,
      asOf: (await asOf(db, actor.orgId)).toISOString(),
    }
  })
}

const bucketOf = (row: BucketRow) => ({
  at: row.at,
  presentments: row.presentments,
  failures: row.failures,
  byCause: Object.fromEntries(causes.map((cause) => [cause, row[cause]])) as Record<Cause, number>,
})

/** Failures by cause over time, and over the previous period of the same length. */
export async function failureSeries({
  actor,
  query,
  now = new Date(),
}: {
  actor: Actor
  query: FailureSeriesQuery
  now?: Date
}): Promise<FailureSeries> {
  requirePermission(actor, "fleet:read")
  const { from, to, bucket, ...filters } = query
  return inOrganisation(actor, async (db) => {
    const { zone, hoursFrom } = await settingsOf(db)
    const used = rangeOf({ from, to, zone, hoursFrom, daysOnly: bucket === "day", at: now })
    const rows = await seriesRows(db, used.range, filters)
    return {
      bucket: used.range.resolution,
      data: rows.filter((row) => row.is_now).map(bucketOf),
      previous: rows.filter((row) => !row.is_now).map(bucketOf),
      from: used.from,
      to: used.to,
      asOf: (await asOf(db, actor.orgId)).toISOString(),
    }
  })
}
