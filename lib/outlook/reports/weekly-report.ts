import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { changesSince } from "@/lib/outlook/reports/changes"
import { frozenReports } from "@/lib/outlook/reports/frozen-sql"
import { WeeklyFigures, type ReportQuery, type WeeklyReport } from "@/lib/outlook/reports/schemas"
import { freezesAt, parseWeek } from "@/lib/outlook/reports/week"
import { weeklyFigures } from "@/lib/outlook/reports/weekly-figures"

type Asked = { actor: Actor; week: string; query?: ReportQuery; now?: Date }

/**
 * The maintenance report of an ISO week: as it was frozen, or as its figures stand now with what changed
 * since. A reader of some stores gets the figures of these stores now, because only the report of the whole
 * organisation is frozen.
 */
export async function weeklyReport({
  actor,
  week: name,
  query = { figures: "frozen" },
  now = new Date(),
}: Asked): Promise<WeeklyReport> {
  requirePermission(actor, "fleet:read")
  const week = parseWeek(name)
  return inOrganisation(actor, async (db) => {
    const isWhole = actor.stores === null
    const [kept] = isWhole ? await frozenReports(db, week) : []
    const frozen = kept
      ? {
          at: kept.frozen_at.toISOString(),
          codeTables: kept.code_tables,
          evidenceVersion: kept.evidence_version,
        }
      : null
    const before = kept ? WeeklyFigures.parse(kept.figures) : null
    if (before && query.figures === "frozen")
      return { ...before, isWhole, figures: "frozen", frozen, freezesAt: null, changes: [] }
    const figures = await weeklyFigures(db, { actor, week, now })
    const due = freezesAt(week, figures.organisation.timeZone)
    return {
      ...figures,
      isWhole,
      figures: "now",
      frozen,
      freezesAt: isWhole && !before && due > now ? due.toISOString() : null,
      changes: before ? changesSince(before, figures) : [],
    }
  })
}
