import { systemActor } from "@/lib/access/actor/actor"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { isAlone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { addDays } from "@/lib/base/time/zone"
import { versionsInForce } from "@/lib/fleet/code-packs/versions-in-force"
import { readBegun } from "@/lib/insight/nights/due-nights"
import { ratiosVersion } from "@/lib/insight/verdicts/ratios-of"
import {
  deleteOldReports,
  frozenReports,
  hasRecords,
  insertReport,
  organisationsToFreeze,
  workedOut,
} from "@/lib/outlook/reports/frozen-sql"
import { freezesAt, weekFromMonday, type Week } from "@/lib/outlook/reports/week"
import { weeklyFigures } from "@/lib/outlook/reports/weekly-figures"

/**
 * Freezes the report of each organisation's last week that ended two days ago, so that what becomes known
 * later does not change it. Returns the number of reports.
 */
export async function freezeReports({ now }: { now: Date }): Promise<number> {
  const due = await asWorker(async (db) => {
    await deleteOldReports(db)
    return organisationsToFreeze(db, now)
  })
  const byId = new Map(due.map(({ id, zone, monday }) => [id, { zone, week: weekFromMonday(monday) }]))
  const work = async function* (orgId: string): AsyncGenerator<true, void> {
    const last = byId.get(orgId)
    if (last && (await freeze({ orgId, now, ...last }))) yield true
  }
  return (await inTurns({ loop: "reports", orgIds: [...byId.keys()], work })).length
}

type Freezing = { orgId: string; zone: string; week: Week; now: Date }

/** False if there is nothing to freeze yet, or another worker is at it. */
async function freeze({ orgId, zone, week, now }: Freezing): Promise<boolean> {
  if (!(await isWorkedOut({ orgId, week, by: freezesAt(week, zone) }))) return false
  const actor = systemActor(orgId)
  const read = await inOrganisation(actor, async (db) => {
    if (!(await isAlone(db, { round: "reports", orgId }))) return null
    const [frozen] = await frozenReports(db, week)
    const [records] = await hasRecords(db, week)
    if (frozen || !records?.has) return null
    return {
      code_tables: await versionsInForce(db),
      evidence_version: await ratiosVersion(db),
      figures: await weeklyFigures(db, { actor, week, now }),
    }
  })
  if (!read) return false
  const written = await asWorker((db) => insertReport(db, { orgId, week, frozen_at: now, ...read }))
  return written.length > 0
}

/**
 * Whether what came in before `by` is counted and judged, and the nights and hours of the week are settled.
 * A worker that was away does these first.
 */
const isWorkedOut = ({ orgId, week, by }: { orgId: string; week: Week; by: Date }): Promise<boolean> =>
  asWorker(async (db) => {
    const begun = await readBegun(db, orgId)
    const [worked] = await workedOut(db, orgId)
    const lastDay = addDays(week.to, -1)
    const isSince = (at: Date | null | undefined) => !at || at > by
    return (
      isSince(begun?.waiting_since) &&
      (begun?.settled_on ?? lastDay) >= lastDay &&
      worked !== undefined &&
      worked.hours_until !== null &&
      worked.hours_until >= lastDay &&
      isSince(worked.unlooked_since) &&
      isSince(worked.unjudged_since)
    )
  })
