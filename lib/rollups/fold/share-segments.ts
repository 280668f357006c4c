import { asWorker } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import { alone } from "@/lib/rollups/fold/alone"
import { recountDay } from "@/lib/rollups/fold/recount-day"
import { checkable } from "@/lib/rollups/fold/sql/check"
import { keptOf } from "@/lib/rollups/fold/sql/claim"
import { daysWithRaw, noteShared, unsharedOrganisations } from "@/lib/rollups/fold/sql/fill"
import { keptRollups } from "@/lib/rollups/fold/sql/tables"

type Shared = { organisation: string; day: Day }

/**
 * A database that was distributed with its rows has the segments of all groups in one group. Lets each group
 * count its own, for the days that have all their raw rows; older segments do not change any more. An
 * interrupted run begins again. Afterwards places are filled; see fill-places.ts.
 */
export async function shareSegments(onProgress: (shared: Shared) => void): Promise<void> {
  for (const { org_id: orgId, name } of await asWorker(unsharedOrganisations)) {
    const [organisation] = await asWorker((db) => checkable(db, orgId))
    if (!organisation) continue
    for (const { day } of await asWorker(async (db) => daysWithRaw(db, await keptOf(db, orgId)))) {
      await alone(orgId, ({ kept, inGroups }) =>
        inGroups((db) => recountDay(db, { organisation, day, kept, rollups: keptRollups, complete: kept })),
      )
      onProgress({ organisation: name, day })
    }
    await asWorker((db) => noteShared(db, orgId))
  }
}
