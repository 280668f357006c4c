import { systemActor } from "@/lib/access/actor/actor"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { versionsInForce } from "@/lib/fleet/code-packs/versions-in-force"
import { ratiosVersion } from "@/lib/insight/verdicts/ratios-of"
import {
  deleteOldReports,
  frozenReports,
  hasRecords,
  insertReport,
  organisationsToFreeze,
  tryFreezeLock,
} from "@/lib/outlook/reports/frozen-sql"
import { freezesAt, weekFromMonday, type Week } from "@/lib/outlook/reports/week"
import { weeklyFigures } from "@/lib/outlook/reports/weekly-figures"
import { asOf } from "@/lib/rollups/fold/as-of"

/**
 * Freezes the report of each organisation's last week that ended two days ago, so that what becomes known
 * later does not change it. Returns the number of reports.
 */
export async function freezeReports({ now }: { now: Date }): Promise<number> {
  const due = await asWorker((db) => organisationsToFreeze(db, now))
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
  const actor = systemActor(orgId)
  const read = await inOrganisation(actor, async (db) => {
    const [lock] = await tryFreezeLock(db)
    const [frozen] = await frozenReports(db, week)
    const [records] = await hasRecords(db, week)
    if (!lock?.locked || frozen || !records?.has) return null
    // What came in before has to be counted.
    if ((await asOf(db, orgId)) < freezesAt(week, zone)) return null
    return {
      code_tables: await versionsInForce(db),
      evidence_version: await ratiosVersion(db),
      figures: await weeklyFigures(db, { actor, week, now }),
    }
  })
  if (!read) return false
  const written = await asWorker(async (db) => {
    const rows = await insertReport(db, { orgId, week, frozen_at: now, ...read })
    await deleteOldReports(db, orgId)
    return rows
  })
  return written.length > 0
}
