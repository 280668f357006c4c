import { DateTime } from "luxon"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { isCheckOverdue } from "@/lib/fleet/approvals/dates"
import { components, type Component } from "@/lib/fleet/catalogue/components"
import { keptCounts } from "@/lib/fleet/catalogue/kept-counts"
import type { ReleaseList } from "@/lib/fleet/releases/schemas"
import { releases, reportedReleases, seenReleases } from "@/lib/fleet/releases/sql"
import { compareVersions } from "@/lib/fleet/releases/version"

type Version = { component: Component; version: string }

/** Sorts by component, newest version first. */
export const newestFirst = (a: Version, b: Version): number =>
  components.indexOf(a.component) - components.indexOf(b.component) || compareVersions(b.version, a.version)

const countReported = keptCounts(reportedReleases)

/** The versions that terminals run now, of one model or all, each with its release. */
export async function seenOf(db: Db, actor: Actor, model: number | null = null) {
  const reported = await countReported(db, actor)
  return seenReleases(db, model === null ? reported : reported.filter((one) => one.model === model))
}

/**
 * Lists the catalogue's releases with the number of terminals that run each, and the reported versions that
 * the catalogue lacks.
 */
export async function listReleases({ actor }: { actor: Actor }): Promise<ReleaseList> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const seen = await seenOf(db, actor)
    const today = DateTime.utc().toISODate()
    const running = new Map<number | null, number>()
    for (const { releaseId, terminals } of seen)
      running.set(releaseId, (running.get(releaseId) ?? 0) + terminals)
    return {
      data: (await releases(db)).toSorted(newestFirst).map((release) => ({
        ...release,
        terminals: running.get(release.id) ?? 0,
        isCheckOverdue: release.checkedOn !== null && isCheckOverdue(release.checkedOn, today),
      })),
      unknown: seen
        .filter(({ releaseId }) => releaseId === null)
        .toSorted(newestFirst)
        .map(({ component, version, model, modelName, terminals }) => ({
          component,
          version,
          model,
          modelName,
          terminals,
        })),
    }
  })
}
