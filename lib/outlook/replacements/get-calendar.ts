import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation } from "@/lib/base/db/transaction"
import { addMonths, localDay } from "@/lib/base/time/zone"
import { keptFor } from "@/lib/fleet/catalogue/kept-counts"
import { seenOf } from "@/lib/fleet/releases/list-releases"
import type { Calendar } from "@/lib/outlook/replacements/schemas"
import { expiriesOf, servingCounts, type Serving } from "@/lib/outlook/replacements/sql"

const monthsAhead = 36
const kept = keptFor<Serving>()

/** What expires from this month on: approvals, support of releases, and warranties by month. */
export async function getCalendar({
  actor,
  now = new Date(),
}: {
  actor: Actor
  now?: Date
}): Promise<Calendar> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const today = localDay(now, await organisationZone(db))
    const from = `${today.slice(0, 7)}-01`
    const to = addMonths(from, monthsAhead)
    const serving = await kept(db, actor, today, (on, stores) => servingCounts(on, { today, stores }))
    const running = await seenOf(db, actor)
    const rows = await expiriesOf(db, { serving, running, from, to })
    return {
      data: rows.map(({ model_id: id, model, ...row }) => ({
        ...row,
        model: id === null ? null : { id, name: model ?? "" },
      })),
    }
  })
}
