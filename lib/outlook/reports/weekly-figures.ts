import type { Actor } from "@/lib/access/actor/actor"
import { ownOrganisation } from "@/lib/access/organisation/own-organisation"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { addDays } from "@/lib/base/time/zone"
import { causes } from "@/lib/fleet/code-packs/cause"
import { behindPolicies } from "@/lib/fleet/releases/behind-policies"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import { availabilityIn } from "@/lib/insight/availability/get-availability"
import { sumOfLosses } from "@/lib/insight/availability/words"
import { flagOf } from "@/lib/insight/flags/list-flags"
import { lostOfDays } from "@/lib/insight/lost-sales/lost-sales"
import { rateOf } from "@/lib/insight/rates/rate"
import type { ReportFlag, WeeklyFigures } from "@/lib/outlook/reports/schemas"
import {
  countWithoutHours,
  fleetRows,
  modelsDue,
  weekCounts,
  weekFlags,
  type CauseCounts,
  type ReportFlagRow,
} from "@/lib/outlook/reports/sql"
import { shiftWeek, weekBounds, type Week } from "@/lib/outlook/reports/week"
import { asOf } from "@/lib/rollups/fold/as-of"

type Asked = { actor: Actor; week: Week; now: Date }

/**
 * The figures of an ISO week as they stand now. The organisation's zone decides when the week is over. Sales
 * and flags of a store are those of its own seven days. Releases and models are as of now.
 */
export async function weeklyFigures(db: Db, { actor, week, now }: Asked): Promise<WeeklyFigures> {
  const { name, timeZone } = await ownOrganisation(db)
  const bounds = weekBounds(week, timeZone)
  if (bounds.from > now) throw new AppError("not_found", "This week has not begun yet.")
  const isWhole = actor.stores === null
  const lastDay = addDays(week.to, -1)
  return {
    week: week.name,
    from: week.from,
    to: lastDay,
    isOver: bounds.to <= now,
    organisation: { name, timeZone },
    fleet: await fleetOf(db, bounds.to < now ? bounds.to : now),
    availability: await availabilityOf(db, week, isWhole),
    ...(await salesOf(db, week, isWhole)),
    lost: await lostOfDays(db, { days: { first: week.from, last: lastDay }, isWhole }),
    flags: await flagsOf(db, week),
    releasesDue: await releasesDue(db, now),
    modelsDue: (await modelsDue(db, week)).map(({ model, use_end_on, terminals }) => ({
      model,
      useEndOn: use_end_on,
      terminals,
    })),
    asOf: (await asOf(db, actor.orgId)).toISOString(),
  }
}

/** The hardware's, of the days that are booked. */
async function availabilityOf(
  db: Db,
  { from, to }: Week,
  isWhole: boolean,
): Promise<WeeklyFigures["availability"]> {
  const days = { first: from, last: addDays(to, -1) }
  const asked = { days, isWhole, store: undefined, terminal: undefined }
  const { hardware, hoursUntil } = await availabilityIn(db, asked)
  const [without] = await countWithoutHours(db, { from, to })
  return {
    openHours: hardware.total,
    upHours: hardware.total - sumOfLosses(hardware.lost),
    share: hardware.share,
    hoursUntil,
    terminalsWithoutHours: without?.terminals ?? 0,
  }
}

async function salesOf(
  db: Db,
  week: Week,
  isWhole: boolean,
): Promise<Pick<WeeklyFigures, "total" | "byCause">> {
  const [counts] = await weekCounts(db, week, isWhole)
  const [before] = await weekCounts(db, shiftWeek(week, -1), isWhole)
  if (!counts || !before) throw new Error("an aggregate returns one row")
  return {
    total: withPrevious(counts, before),
    byCause: causes.map((cause) => ({
      cause,
      ...withPrevious(ofCause(counts, cause), ofCause(before, cause)),
    })),
  }
}

async function flagsOf(db: Db, week: Week): Promise<WeeklyFigures["flags"]> {
  const flags = await weekFlags(db, week)
  return {
    opened: flags.filter((row) => row.was_opened).map(reportFlag),
    closed: flags.filter((row) => row.was_closed).map(reportFlag),
    open: flags.filter((row) => row.is_open).map(reportFlag),
  }
}

const withPrevious = (counts: Parameters<typeof rateOf>[0], before: Parameters<typeof rateOf>[0]) => ({
  ...rateOf(counts),
  previous: rateOf(before),
})

/** The failures of one cause, of all sales. */
const ofCause = (counts: CauseCounts, cause: (typeof causes)[number]) => ({
  presentments: counts.presentments,
  failures: counts[cause],
  raw_attempts: counts.raw_attempts,
  raw_failures: counts[`raw_${cause}`],
})

async function fleetOf(db: Db, at: Date): Promise<WeeklyFigures["fleet"]> {
  const rows = await fleetRows(db, at)
  const sum = (wanted: typeof rows) => wanted.reduce((total, row) => total + row.terminals, 0)
  const byStatus = Object.fromEntries(
    terminalStatuses.map((status) => [status, sum(rows.filter((row) => row.status === status))]),
  ) as WeeklyFigures["fleet"]["byStatus"]
  const inService = rows.filter((row) => row.status === "active")
  const models = [...new Set(inService.map((row) => row.model))]
  return {
    byStatus,
    byModel: models.map((model) => ({
      model,
      terminals: sum(inService.filter((row) => row.model === model)),
    })),
  }
}

async function releasesDue(db: Db, now: Date): Promise<WeeklyFigures["releasesDue"]> {
  const policies = await behindPolicies(db, now)
  return policies.map(({ component, minimumVersion: minimum, modelName: model, dueOn, terminals }) => ({
    component,
    minimum,
    model,
    dueOn,
    terminalsBehind: terminals,
  }))
}

const reportFlag = (row: ReportFlagRow): ReportFlag => {
  const { store, ...flag } = flagOf(row)
  return { ...flag, sinceOn: row.since_on, store: store && { ...store, address: row.address } }
}
