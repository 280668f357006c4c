import type { Actor } from "@/lib/access/actor/actor"
import { may, requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { localDay } from "@/lib/base/time/zone"
import { keptFor } from "@/lib/fleet/catalogue/kept-counts"
import { countQuality, type QualityCount } from "@/lib/outlook/data-quality/count-quality"
import type { DataQuality } from "@/lib/outlook/data-quality/schemas"
import { shownCounts } from "@/lib/outlook/data-quality/sql"
import { qualityKinds } from "@/lib/outlook/data-quality/words"

const kept = keptFor<QualityCount>()

type Asked = { actor: Actor; now?: Date }

/** Faults of the data, with their numbers over the last weeks. */
export async function dataQuality({ actor, now = new Date() }: Asked): Promise<DataQuality> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const today = localDay(now, await organisationZone(db))
    const days = groupBy(await shownCounts(db, today), ({ kind }) => kind)
    const counts = await kept(db, actor, "all", (on) => countQuality(on, { actor, today }))
    const seen = counts.filter(({ kind }) => may(actor, qualityKinds[kind]))
    return {
      data: seen.map((row) => ({
        ...row,
        days: (days.get(row.kind) ?? []).map(({ on, count }) => ({ on, count })),
      })),
    }
  })
}
