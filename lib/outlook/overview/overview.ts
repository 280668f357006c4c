import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { ownOrganisation } from "@/lib/access/organisation/own-organisation"
import { inOrganisation } from "@/lib/base/db/transaction"
import { wilsonInterval } from "@/lib/base/statistics/wilson"
import { datesOfRange } from "@/lib/base/time/range"
import { storeNames } from "@/lib/fleet/stores/namesakes"
import { onlineStates } from "@/lib/fleet/terminals/words"
import { needsOf } from "@/lib/outlook/overview/needs"
import { rankedStores } from "@/lib/outlook/overview/ranked-stores"
import type { Overview, OverviewQuery } from "@/lib/outlook/overview/schemas"
import { readHead } from "@/lib/outlook/overview/sql"
import { statesOfFleet } from "@/lib/outlook/overview/states"
import { asOf } from "@/lib/rollups/fold/as-of"

/** The state of the fleet and what needs attention, for the first screen. */
export async function overview({
  actor,
  query,
  now = new Date(),
}: {
  actor: Actor
  query: OverviewQuery
  now?: Date
}): Promise<Overview> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const organisation = await ownOrganisation(db)
    const [head] = await readHead(db, actor.stores)
    if (!head) throw new Error("the organisation has a name but no row")
    const found = await statesOfFleet(db, actor)
    const counted = new Map(found.map(({ state, count }) => [state, count]))
    const states = Object.fromEntries(
      onlineStates.map((state) => [state, counted.get(state) ?? 0]),
    ) as Overview["states"]
    const days = datesOfRange(query.range, organisation.timeZone, now)
    const worst = await rankedStores(db, { actor, days, now })
    const nameOf = await storeNames(
      db,
      worst.map(({ id }) => id),
    )
    return {
      organisation,
      terminals: Object.values(states).reduce((total, count) => total + count, 0),
      pending: head.pending,
      states,
      ...(await needsOf(db, head, now)),
      days,
      worstStores: worst.map(({ id, name, merchant, presentments, failures }) => ({
        id,
        name: nameOf(id, name),
        merchant,
        attempts: presentments,
        failures,
        rate: failures / presentments,
        interval: wilsonInterval(failures, presentments) ?? [0, 1],
      })),
      unmappedCodes: head.unmapped,
      quarantined: head.quarantined,
      demoProgressPct: head.demo_progress_pct,
      lastReceivedAt: head.last_received_at?.toISOString() ?? null,
      asOf: (await asOf(db, actor.orgId)).toISOString(),
    }
  })
}
